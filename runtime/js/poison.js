// @ts-check
// The end of an instance: after a panic, a trap or a stack overflow nobody knows what state Rust was left in, so every later
// call says so instead of running.

import { LendError } from './error.js';
import { instance, poison, setPoison } from './memory.js';

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
 * Ends the instance if what left a call says that Rust was left in the middle of something.
 * @param {unknown} error
 * @returns {unknown} What to throw in its place.
 */
export function afterTrap(error) {
  if (poison !== null) {
    // Once more: the stack may have overflowed in the middle of telling them, further in.
    tellSnippets();
    return error instanceof WebAssembly.RuntimeError ? poison : error;
  }
  const reason = reasonOf(error);
  if (reason === null) return error;
  const ended = end(reason, error instanceof WebAssembly.RuntimeError ? error : undefined);
  return error instanceof WebAssembly.RuntimeError ? ended : error;
}

/** @param {unknown} error @returns {string | null} Why no module can go on that has thrown it, if so. */
export function reasonOf(error) {
  if (error instanceof WebAssembly.RuntimeError) return `Rust trapped: ${error.message} (out of memory, or an abort)`;
  return isStackOverflow(error) ? 'the stack overflowed in a call' : null;
}

/** @param {unknown} error */
function isStackOverflow(error) {
  // V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError of its own.
  return error instanceof Error && /^(Maximum call stack|too much recursion)/.test(error.message);
}

/** @param {string} reason @param {unknown} [cause] @returns {LendError} */
function end(reason, cause) {
  if (poison !== null) return poison;
  const error = new LendError('ERR_LEND_PANIC', reason, cause === undefined ? undefined : { cause });
  setPoison(error, deadExports(error));
  tellSnippets();
  return error;
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
