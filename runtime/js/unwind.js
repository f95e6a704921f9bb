// @ts-check
// Panics that unwind. Rust catches them in its shim, which returns, and the exception is thrown here. Only builds that unwind have this file.

import './glueCodecs.js';
import { LendError } from './error.js';
import { whenReplaced } from './memory.js';
import { end, wordsOfPanic } from './poison.js';
import { fail, hasPanicked, panicInResult, REFUSED } from './refusal.js';
import { attach } from './start.js';

/** The error to throw when the running wasm shim has returned. @type {unknown} */
let deferred = null;

/** The words of the last panic. */
let lastPanic = 'Rust panicked';

/** Called by the panic hook. @param {string} message @param {string} file @param {number} line @param {number} column */
export const notePanic = (message, file, line, column) => void (lastPanic = wordsOfPanic(message, file, line, column));

export const panicError = () => new LendError('ERR_LEND_PANIC', lastPanic);

// Called from wasm when a shim has caught a panic and its borrows have ended. Which of the three depends on the JavaScript shim: it asks
// `$outcome`, it looks at the result, or it does neither.

/** @param {boolean} wasMoved True if the function had its arguments. */
export const panicCaught = (wasMoved) => fail(panicError(), wasMoved);

/** @param {boolean} wasMoved */
export const panicCaughtInResult = (wasMoved) => panicInResult(panicError(), wasMoved);

// If `outcome.inResult` has the panic already, the shim throws `REFUSED`, and its `catch` finds the panic.
export const panicToThrow = () => void (deferred = hasPanicked() ? REFUSED : panicError());

/** An exception of JavaScript that has gone through Rust, in wasm-bindgen's wrapper. @type {unknown} */
let wrapped;

/** Called from wasm. */
export function throwWrapped() {
  throw wrapped;
}

/** Throws the exception inside `wrapped`. @type {(() => void) | undefined} */
let unwrapper;

/** Called from wasm at its start. Every snippet calls it; the first call counts. @param {() => void} throwUnwrapped */
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
 * Ends the instance. wasm-bindgen declares its imports as functions that cannot unwind, so LLVM may place a call of one inside the `try` of another
 * call. The exception has then run the destructors of that other place, and nobody knows which.
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

/** `attach` of builds that unwind. @param {any} exports */
export const attachUnwinding = (exports) => attach(exports, throwing);

/** Exports whose functions throw a deferred error when they have returned. @param {any} exports */
function throwing(exports) {
  const all = Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? throwingOne(value) : value]);
  return Object.fromEntries(all);
}
