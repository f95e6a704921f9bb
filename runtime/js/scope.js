// @ts-check
// `lend.scope`: frees what was made in it when it ends.

import { describe, LendError } from './error.js';
import { isFreeable } from './handles.js';

/** Buffers that no scope frees, after `keep()`. @type {WeakSet<object>} */
const kept = new WeakSet();

/** @param {object} buffer */
export const keep = (buffer) => void kept.add(buffer);

/** What was made in the scope that is running. @type {Set<any> | null} */
var current = null;

/** @param {any} buffer Or an instance. It is new. */
export function addToScope(buffer) {
  if (current !== null) current.add(buffer);
}

/**
 * @param {Set<any>} made @param {() => any} f
 * @returns {any} What `f` returns.
 */
function within(made, f) {
  const outer = current;
  current = made;
  try {
    return f();
  } finally {
    current = outer;
  }
}

/** @param {unknown} value @param {Set<unknown>} found The buffers in it, and all that was visited. */
function findBuffers(value, found) {
  if (typeof value !== 'object' || value === null || found.has(value)) return;
  found.add(value);
  if (isFreeable(value)) return;
  if (Array.isArray(value) || value instanceof Set) {
    for (const each of value) findBuffers(each, found);
  } else if (value instanceof Map) {
    for (const [key, each] of value) {
      findBuffers(key, found);
      findBuffers(each, found);
    }
  } else {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) for (const each of Object.values(value)) findBuffers(each, found);
  }
}

/** @param {Set<any>} made @param {Set<any> | null} outer @param {unknown} result */
function end(made, outer, result) {
  const returned = new Set();
  findBuffers(result, returned);
  /** @type {unknown[]} */
  const errors = [];
  for (const buffer of made) {
    if (kept.has(buffer)) continue;
    if (returned.has(buffer)) outer?.add(buffer);
    else free(buffer, errors);
  }
  made.clear();
  if (errors.length > 0) throw errors[0];
}

/** @param {any} buffer @param {unknown[]} errors Gets what a `Drop` throws, so that the other buffers are freed too. */
function free(buffer, errors) {
  try {
    buffer.free();
  } catch (error) {
    // A LendError: a running call has moved the buffer into Rust, so it is not the scope's any more.
    if (!(error instanceof LendError)) errors.push(error);
  }
}

/** @param {(scope: object) => any} f */
export function scope(f) {
  if (typeof f !== 'function') throw new LendError('ERR_LEND_TYPE', `lend.scope() takes a function; got ${describe(f)}`);
  const made = new Set();
  const outer = current;
  const handleOfScope = Object.freeze({
    /** @param {any} buffer */
    add(buffer) {
      if (!isFreeable(buffer)) throw new LendError('ERR_LEND_TYPE', `scope.add() takes a buffer, or an instance of an exported class; got ${describe(buffer)}`);
      made.add(buffer);
      return buffer;
    },
    /** @param {() => any} g */
    run(g) {
      if (typeof g !== 'function') throw new LendError('ERR_LEND_TYPE', `scope.run() takes a function; got ${describe(g)}`);
      return within(made, g);
    },
  });
  let result;
  try {
    result = within(made, () => f(handleOfScope));
  } catch (error) {
    end(made, null, undefined);
    throw error;
  }
  if (typeof result?.then !== 'function') {
    end(made, outer, result);
    return result;
  }
  // An outer scope has ended when the promise settles, so nothing goes to it.
  return Promise.resolve(result).then(
    (value) => {
      end(made, null, value);
      return value;
    },
    (error) => {
      end(made, null, undefined);
      throw error;
    },
  );
}
