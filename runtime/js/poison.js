// @ts-check
// Poison: the end of an instance. After a panic, a trap or a stack overflow nobody knows the state of Rust, so each later call throws.

import { describe, LendError } from './error.js';
import { codecs, soon } from './host.js';
import { poison, replaced, setPoison, textAt } from './memory.js';
import { withWholeStack } from './stack.js';

/** What has to be done when the instance ends or is replaced: one function for each export that a snippet has. @type {Array<() => void>} */
const ends = [];

/** @param {() => void} end Runs once, when the instance ends or another takes over. */
export const whenEnded = (end) => void ends.push(end);

/** The words of a panic. @param {string} message Empty if it is no text. @param {string} file @param {number} line @param {number} column */
export const wordsOfPanic = (message, file, line, column) => `Rust panicked at ${file}:${line}:${column}:${message && '\n'}${message}`;

/**
 * Called by the panic hook. It throws through the frames of Rust, which would trap next.
 * @param {number} message Where the message is. @param {number} length @param {number} file Where the file's name is. @param {number} fileLength
 * @param {number} line @param {number} column
 * @returns {never}
 */
export const panicked = (message, length, file, fileLength, line, column) => {
  throw end(wordsOfPanic(textAt(message, length), textAt(file, fileLength), line, column));
};

/**
 * True if the stack has overflowed in a call. This is set before anything else is called, because the next call may overflow too. Code that runs
 * later with more stack ends the instance.
 */
export let hasOverflowed = false;
/** The engine's error. @type {unknown} */
let overflow;

const OVERFLOW = 'the stack overflowed in a call';

/** A settled promise: calling its `then` takes little stack. */
const settled = Promise.resolve();

/** @param {unknown} error */
function noteOverflow(error) {
  hasOverflowed = true;
  overflow = error;
  // In case the error is caught before it reaches a shim.
  settled.then(endOverflowed);
}

function endOverflowed() {
  if (!hasOverflowed) return;
  end(OVERFLOW, overflow);
  runEnds();
}

/** The overflow was in a plugin, which has ended. */
export function overflowDealtWith() {
  hasOverflowed = false;
  overflow = undefined;
}

/**
 * Ends the instance if an error that has left a call says that Rust was interrupted.
 * @param {unknown} error
 * @returns {unknown} The error to throw.
 */
export function afterTrap(error) {
  const reason = reasonOf(error);
  if (poison !== null) {
    // Again: the stack may have overflowed in an inner call while they ran.
    runEnds();
    return isOverflow(error) || error instanceof WebAssembly.RuntimeError ? poison : error;
  }
  return reason === null ? error : end(reason, hasOverflowed ? overflow : error);
}

/** @param {unknown} error @returns {string | null} Why the module that has thrown it must end, or null. */
export function reasonOf(error) {
  if (!hasOverflowed && isOverflow(error)) noteOverflow(error);
  if (hasOverflowed) return OVERFLOW;
  return error instanceof WebAssembly.RuntimeError ? `Rust trapped: ${error.message} (out of memory, or an abort)` : null;
}

/**
 * Only compares. A regular expression needs stack too. If the stack is full, V8 throws a SyntaxError, and the overflow is not seen.
 * @param {any} error @returns {boolean}
 */
function isOverflow(error) {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { name, message } = error;
    // V8 and JavaScriptCore, then SpiderMonkey, then V8 in a regular expression of any code.
    if (name === 'RangeError') return message === 'Maximum call stack size exceeded' || message === 'Maximum call stack size exceeded.';
    if (name === 'InternalError') return message === 'too much recursion';
    return name === 'SyntaxError' && typeof message === 'string' && message.endsWith(': Stack overflow');
  } catch (instead) {
    // A Proxy or getter has thrown, perhaps because of the same overflow.
    return isOverflow(instead);
  }
}

/** Tells the other threads. Set in builds with shared memory. @type {((isTrap: boolean, reason: string) => void) | null} */
let othersHear = null;

/** @param {NonNullable<typeof othersHear>} f */
export const setOthersHear = (f) => void (othersHear = f);

/** Ends the instance. @param {string} reason @param {unknown} [cause] @returns {LendError} The error to throw. */
export function end(reason, cause) {
  if (poison !== null) return poison;
  // V8 would keep only frames of `std::panicking` otherwise.
  const error = withWholeStack(() => new LendError('ERR_LEND_PANIC', reason, cause === undefined ? undefined : { cause }));
  setPoison(error, deadExports(error));
  othersHear?.(cause !== undefined, reason);
  // For the glue that starts the package again.
  codecs.prepare();
  runEnds();
  // Later, because frames of the instance may be on the stack.
  soon(() => {
    // Not if the package was started again already.
    if (poison === error) panicListener?.(error);
  });
  return error;
}

/** Ends the instance for this thread alone, which has left it. @param {LendError} error */
export function retire(error) {
  setPoison(error, deadExports(error));
  codecs.prepare();
  runEnds();
}

/** @returns {object} Exports that all throw, because the instance was replaced. */
export const replacedExports = () =>
  new Proxy({}, {
    get: () => () => {
      const error = replaced('what was called belongs');
      notCalled.add(error);
      throw error;
    },
  });

/** Errors of calls that were not made. @type {WeakSet<object>} */
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

/** Runs when another instance takes over. */
export function resetPoison() {
  hasOverflowed = false;
  overflow = undefined;
  runEnds();
}

/** A function leaves the list only when it has run: it may overflow the stack. */
function runEnds() {
  for (; ends.length > 0; ends.pop()) ends[ends.length - 1]();
}

/** @param {LendError} error @param {string} [what] @returns {object} Exports that all throw. */
export function deadExports(error, what = 'this instance') {
  const dead = () => {
    throw new LendError('ERR_LEND_POISONED', `${what} cannot be used any more, since ${error.message}`, { cause: error });
  };
  return new Proxy({}, { get: () => dead });
}
