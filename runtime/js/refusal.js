// @ts-check
// Refused arguments, and what becomes of an exception that leaves a call.

import { describeShape, notHere } from './buffers.js';
import { describe, LendError } from './error.js';
import { poison, wasm } from './memory.js';
import { expected, place } from './signatures.js';

/**
 * The last error thrown before its call had borrowed or moved anything. By it the shim's `catch` tells a refusal of
 * its own call from an exception that went through frames of Rust.
 * @type {unknown}
 */
let refused = null;

/** @template E @param {E} error @returns {E} */
function asRefusal(error) {
  refused = error;
  return error;
}

/**
 * A scalar of the wrong type or range. Thrown before the shim's `try`.
 * @param {unknown} value
 * @param {string} name
 * @param {number} index
 * @returns {never}
 */
export function reject(value, name, index) {
  const takes = expected(name, index);
  const inRangeOnly = typeof value === 'number' && takes !== 'true or false';
  throw new LendError(
    inRangeOnly ? 'ERR_LEND_RANGE' : 'ERR_LEND_TYPE',
    `${place(name, index)} takes ${takes}; got ${describe(value)}`,
  );
}

/**
 * The error for a value that is neither a live buffer nor a typed array of the right type.
 * @param {unknown} value
 * @param {string} name
 * @param {number} index
 */
export function notLendable(value, name, index) {
  return asRefusal(
    notHere(value, place(name, index))
      ?? new LendError('ERR_LEND_TYPE', `${place(name, index)} takes ${expected(name, index)}; got ${describe(value)}`),
  );
}

/** @param {string} name @param {number} index @param {number} bytes */
export function noMemory(name, index, bytes) {
  return asRefusal(new LendError('ERR_LEND_OOM', `${place(name, index)}: no memory for its ${bytes} bytes`));
}

/** @param {string} name @param {number} index @param {boolean} sameCall */
export function overlap(name, index, sameCall) {
  const [code, who] = sameCall
    ? ['ERR_LEND_ALIASED', 'another argument of this call']
    : ['ERR_LEND_BORROWED', 'a call that is still running'];
  return asRefusal(
    new LendError(code, `${place(name, index)} shares memory with ${who}, and one of the two is to be written to`),
  );
}

/** `Fault` of `runtime/src/fault.rs`, by number. */
const faults = [
  { code: 'ERR_LEND_MOVED', why: () => 'the buffer was moved into Rust by a call that is still running' },
  { code: 'ERR_LEND_TYPE', why: null },
  { code: 'ERR_LEND_BORROWED', why: () => 'the buffer is borrowed by a call that is still running' },
  {
    code: 'ERR_LEND_ALIASED',
    why: () => 'the buffer is also another argument of this call, and one of the two needs it for itself',
  },
  { code: 'ERR_LEND_OOM', why: () => 'no handle is left' },
];

/** The index that stands for the result: `RESULT` of `runtime/src/fault.rs`. */
const RESULT = 0xffffffff;

/**
 * Called from wasm when a handle is refused there.
 * @param {string} name
 * @param {number} index
 * @param {number} fault
 * @param {number} handle
 * @returns {never}
 */
export function refuse(name, index, fault, handle) {
  const { code, why } = faults[fault];
  const where = index === RESULT ? `${name}(): the result` : place(name, index);
  if (why !== null) throw asRefusal(new LendError(code, `${where}: ${why()}`));
  const got = describeShape(wasm.lend_shape(handle) >>> 0, wasm.lend_length(handle) >>> 0);
  throw asRefusal(new LendError(code, `${where} takes ${expected(name, index)}; got ${got}`));
}

/**
 * What a shim throws in place of `error`, after ending the borrows that the call left behind.
 * @param {unknown} error
 * @param {...number} handles The call's buffers.
 */
export function failed(error, ...handles) {
  if (error === refused) {
    // Nothing had been borrowed. Forgotten, so that a call further out takes it for the exception it is there.
    refused = null;
    return error;
  }
  if (poison !== null) return error instanceof WebAssembly.RuntimeError ? poison : error;
  // An exception of JavaScript went through frames of Rust: their destructors did not run and never will.
  for (const handle of handles) wasm.lend_abandon(handle);
  return error;
}
