// @ts-check
// Panics that unwind: Rust catches them at the edge, the shims of wasm return, and the exception is thrown here.

import { LendError } from './error.js';
import { whenReplaced } from './memory.js';
import { end } from './poison.js';
import { fail, failBeforeMoving, hasPanicked, panicInResult, REFUSED } from './refusal.js';
import { attach } from './runtime.js';

/** What to throw when the shim of wasm that is running has returned. @type {unknown} */
let deferred = null;

/** The words of the last panic. */
let lastPanic = '';

/** Called by the panic hook. @param {string} message */
export const notePanic = (message) => void (lastPanic = message);

export const panicError = () => new LendError('ERR_LEND_PANIC', `Rust ${lastPanic}`);

// Called from wasm when a shim has caught a panic, its borrows ended: by one whose JavaScript looks at `$outcome`, by one whose result
// tells, and by one that nobody looks at.

/** @param {boolean} wasMoved True if the function had its arguments. */
export const panicCaught = (wasMoved) => (wasMoved ? fail : failBeforeMoving)(panicError());

/** @param {boolean} wasMoved */
export const panicCaughtInResult = (wasMoved) => panicInResult(panicError(), wasMoved);

// A call that has a `catch` has been told of its panic, for which `REFUSED` stands.
export const panicToThrow = () => void (deferred = hasPanicked() ? REFUSED : panicError());

/** An exception of JavaScript that has gone through Rust, as wasm-bindgen has wrapped it. @type {unknown} */
let wrapped;

/** Called from wasm. */
export function throwWrapped() {
  throw wrapped;
}

/** Throws what is in `wrapped`. @type {(() => void) | undefined} */
let unwrapper;

/** Called from wasm at its start, and once only: every snippet starts it. @param {() => void} throwUnwrapped */
export function setUnwrapper(throwUnwrapped) {
  unwrapper ??= throwUnwrapped;
  whenReplaced(reset);
}

function reset() {
  unwrapper = undefined;
  deferred = null;
}

/** @param {unknown} error @returns {unknown} */
function unwrap(error) {
  wrapped = error;
  try {
    unwrapper?.();
  } catch (inner) {
    return inner;
  } finally {
    wrapped = undefined;
  }
  return error;
}

/**
 * Ends the instance. Rust declares an import as a function that cannot unwind, so LLVM may lay a call of it out inside the `try` of
 * another: the exception has run the destructors of that place, whatever they are.
 * @param {unknown} error
 */
const wentThrough = (error) =>
  end('an exception went through Rust, in a build whose panics unwind: import the function that threw it with `#[wasm_bindgen(catch)]`', error);

/** @param {Function} raw */
const throwingOne = (raw) => (/** @type {unknown[]} */ ...args) => {
  let result;
  try {
    result = raw(...args);
  } catch (error) {
    throw error instanceof WebAssembly.Exception ? wentThrough(unwrap(error)) : error;
  }
  if (deferred !== null) {
    const error = deferred;
    deferred = null;
    throw error;
  }
  return result;
};

/** `attach` of builds that unwind; no others have this file. @param {any} exports */
export const attachUnwinding = (exports) => attach(exports, throwing);

/** The exports, whose functions throw what was deferred. @param {any} exports */
function throwing(exports) {
  const all = Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? throwingOne(value) : value]);
  return Object.fromEntries(all);
}
