// @ts-check
// Refused arguments, and what becomes of an exception that leaves a call.

import { describeShape, notHere } from './buffers.js';
import { describe, LendError } from './error.js';
import { poison, wasm } from './memory.js';
import { afterTrap } from './poison.js';
import { expected, place } from './signatures.js';

/**
 * The last refusal that wasm threw, when its call had borrowed and moved nothing yet. By it the shim's `catch` tells it
 * from an exception that went through frames of Rust.
 * @type {{ error: LendError, name: string, index: number, handle: number, borrowed: boolean } | null}
 */
let refused = null;

/**
 * A scalar of the wrong type or range.
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
  return (
    notHere(value, place(name, index))
    ?? new LendError('ERR_LEND_TYPE', `${place(name, index)} takes ${expected(name, index)}; got ${describe(value)}`)
  );
}

/** @param {string} name @param {number} index @param {number} bytes */
export function noMemory(name, index, bytes) {
  return new LendError('ERR_LEND_OOM', `${place(name, index)}: no memory for its ${bytes} bytes`);
}

/** @param {string} name @param {number} index @param {boolean} sameCall */
export function overlap(name, index, sameCall) {
  const [code, who] = sameCall
    ? ['ERR_LEND_ALIASED', 'another argument of this call']
    : ['ERR_LEND_BORROWED', 'a call that is still running'];
  return new LendError(code, `${place(name, index)} shares memory with ${who}, and one of the two is to be written to`);
}

/** `Fault` of `runtime/src/fault.rs`, by number. */
const STALE = 0;
const TYPE = 1;
const BORROWED = 2;

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
  const where = index === RESULT ? `${name}(): the result` : place(name, index);
  const error = refusal(where, name, index, fault, handle);
  refused = { error, name, index, handle, borrowed: fault === BORROWED };
  throw error;
}

/** @param {string} where @param {string} name @param {number} index @param {number} fault @param {number} handle */
function refusal(where, name, index, fault, handle) {
  switch (fault) {
    case STALE:
      return new LendError('ERR_LEND_MOVED', `${where}: the buffer was moved into Rust by a call that is still running`);
    case TYPE: {
      const got = describeShape(wasm.lend_shape(handle) >>> 0, wasm.lend_length(handle) >>> 0);
      return new LendError('ERR_LEND_TYPE', `${where} takes ${expected(name, index)}; got ${got}`);
    }
    case BORROWED:
      return new LendError('ERR_LEND_BORROWED', `${where}: the buffer is borrowed by a call that is still running`);
    default:
      return new LendError('ERR_LEND_OOM', `${where}: no memory or no handle is left`);
  }
}

/**
 * What a shim throws in place of `error`, after ending the borrows that the call left behind.
 * @param {unknown} error
 * @param {...(number | [number])} handles The call's arguments: handles, in brackets where the function owns the buffer while
 *   it runs, and 0 for those that are no buffers.
 */
export function failed(error, ...handles) {
  if (refused !== null && refused.error === error) {
    // Nothing had been borrowed. Forgotten, so that a call further out takes it for the exception it is there.
    const { name, index, handle, borrowed } = refused;
    refused = null;
    const aliased = borrowed && handles.slice(0, index).flat().some((earlier) => wasm.lend_is_same(earlier, handle) !== 0);
    if (!aliased) return error;
    return new LendError(
      'ERR_LEND_ALIASED',
      `${place(name, index)}: the buffer is another argument of this call too, and one of the two needs it for itself`,
    );
  }
  const thrown = afterTrap(error);
  if (poison !== null) return thrown;
  // An exception of JavaScript went through frames of Rust: their destructors did not run and never will.
  for (const handle of handles) if (typeof handle === 'number' && handle !== 0) wasm.lend_abandon(handle);
  return thrown;
}
