// @ts-check
// The end of an instance: after a panic, a trap or a stack overflow nobody knows what state Rust was left in, so every later
// call says so instead of running.

import { describe, LendError } from './error.js';
import { prepareHost, soon } from './host.js';
import { instance, poison, replaced, setPoison } from './memory.js';
import { withWholeStack } from './stack.js';

/** How each snippet that has not been told of the end takes the functions it calls. @type {Array<(exports: object) => void>} */
const binders = [];

/** @param {(exports: object) => void} bind */
export const whenPoisoned = (bind) => void binders.push(bind);

/**
 * Called by the panic hook, of an instance that would trap next: throws through it.
 * @param {string} message
 * @returns {never}
 */
export const panicked = (message) => {
  throw end(`Rust ${message}`);
};

/**
 * True if the stack has overflowed in a call; `overflow` says with what. This is noted before anything is called: on a stack that is nearly
 * full the next call overflows too. Whoever comes by with more of it ends the instance.
 */
export let hasOverflowed = false;
/** @type {unknown} */
let overflow;

const OVERFLOW = 'the stack overflowed in a call';

/** A promise that is settled: its `then` takes hardly any stack. */
const settled = Promise.resolve();

/** @param {unknown} error */
function noteOverflow(error) {
  hasOverflowed = true;
  overflow = error;
  // If whatever is thrown from here on is caught before it reaches a shim.
  settled.then(endOverflowed);
}

function endOverflowed() {
  if (!hasOverflowed) return;
  end(OVERFLOW, overflow);
  tellSnippets();
}

/** The overflow was a plugin's, which has ended for it. */
export function overflowDealtWith() {
  hasOverflowed = false;
  overflow = undefined;
}

/**
 * Ends the instance if what left a call says that Rust was left in the middle of something.
 * @param {unknown} error
 * @returns {unknown} What to throw in its place.
 */
export function afterTrap(error) {
  const reason = reasonOf(error);
  if (poison !== null) {
    // Once more: the stack may have overflowed in the middle of telling them, further in.
    tellSnippets();
    return isOverflow(error) || error instanceof WebAssembly.RuntimeError ? poison : error;
  }
  return reason === null ? error : end(reason, hasOverflowed ? overflow : error);
}

/** @param {unknown} error @returns {string | null} Why no module can go on that has thrown it, if so. */
export function reasonOf(error) {
  if (!hasOverflowed && isOverflow(error)) noteOverflow(error);
  if (hasOverflowed) return OVERFLOW;
  return error instanceof WebAssembly.RuntimeError ? `Rust trapped: ${error.message} (out of memory, or an abort)` : null;
}

/**
 * Compares only. A regular expression needs stack of its own, and where that ends V8 throws a SyntaxError in place of the overflow.
 * @param {any} error @returns {boolean}
 */
function isOverflow(error) {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { name, message } = error;
    // V8, JavaScriptCore; SpiderMonkey; and V8 for a regular expression in anybody's code.
    if (name === 'RangeError') return message === 'Maximum call stack size exceeded' || message === 'Maximum call stack size exceeded.';
    if (name === 'InternalError') return message === 'too much recursion';
    return name === 'SyntaxError' && typeof message === 'string' && message.endsWith(': Stack overflow');
  } catch (instead) {
    // A proxy or getter that throws, for the same reason perhaps.
    return isOverflow(instead);
  }
}

/** Ends the instance. @param {string} reason @param {unknown} [cause] @returns {LendError} What to throw. */
export function end(reason, cause) {
  if (poison !== null) return poison;
  // Frames of `std::panicking` are all that V8 would keep of the stack otherwise.
  const error = withWholeStack(() => new LendError('ERR_LEND_PANIC', reason, cause === undefined ? undefined : { cause }));
  setPoison(error, deadExports(error));
  // For the glue that starts the package again.
  prepareHost();
  tellSnippets();
  // Later, for frames of what has ended may be on the stack.
  soon(() => {
    // Unless it was started again already.
    if (poison === error) panicListener?.(error);
  });
  return error;
}

/** @returns {object} Exports that all throw, for the instance was replaced. */
export const replacedExports = () =>
  new Proxy({}, {
    get: () => () => {
      const error = replaced('what was called belongs');
      notCalled.add(error);
      throw error;
    },
  });

/** The errors of calls that got nowhere. @type {WeakSet<object>} */
export const notCalled = new WeakSet();

/** @type {((error: LendError) => void) | null} */
let panicListener = null;

/** @param {any} listener */
export function onPanic(listener) {
  if (listener !== null && typeof listener !== 'function') {
    throw new LendError('ERR_LEND_TYPE', `lend.onPanic() takes a function, or null; got ${describe(listener)}`);
  }
  panicListener = listener;
}

/**
 * Another instance takes over: what the old one's functions are called for is refused, until the new one has its own in their place.
 */
export function resetPoison() {
  hasOverflowed = false;
  overflow = undefined;
  const dead = replacedExports();
  for (; binders.length > 0; binders.pop()) binders[binders.length - 1](dead);
}

function tellSnippets() {
  for (; binders.length > 0; binders.pop()) binders[binders.length - 1](instance);
}

/** @param {LendError} error @param {string} [what] @returns {object} Exports that all throw. */
export function deadExports(error, what = 'this instance') {
  const dead = () => {
    throw new LendError('ERR_LEND_POISONED', `${what} cannot be used any more, since ${error.message}`, { cause: error });
  };
  return new Proxy({}, { get: () => dead });
}
