// @ts-check
// Copies between JavaScript's memory and wasm's.

import { notHere } from './handles.js';
import { arrays, FIRST_RECORD, lengthOf, MUTABLE, offsetOf, shifts } from './elements.js';
import { describe, LendError } from './error.js';
import { heap, wasm } from './memory.js';
import { expected, place } from './signatures.js';

/** Bytes copied between JavaScript's memory and wasm's since the start. */
export var copiedBytes = 0;

/** @param {number} bytes */
export const countCopied = (bytes) => void (copiedBytes += bytes);

/**
 * @param {any} array
 * @param {number} shape
 * @returns {number} The handle of a new buffer with the array's elements; 0 when there is no memory.
 */
export function copyToBuffer(array, shape) {
  const tag = shape & ~MUTABLE;
  if (tag >= FIRST_RECORD) {
    const handle = wasm.lend_alloc(shape, array.length) >>> 0;
    if (handle !== 0) copyRecords(array, wasm.lend_address(handle));
    return handle;
  }
  const length = lengthOf(array);
  const byteOffset = offsetOf(array);
  const handle = wasm.lend_alloc(shape, length) >>> 0;
  if (handle === 0) return 0;
  const address = wasm.lend_address(handle);
  try {
    copyIn(attached(array, tag, byteOffset, length), length, tag, address);
  } catch (error) {
    // Of an array whose memory was transferred away.
    wasm.lend_free(handle);
    throw error;
  }
  return handle;
}

/** @param {any} records @param {number} address */
export function copyRecords(records, address) {
  heap(0).set(records.bytes, address >>> 0);
  copiedBytes += records.bytes.length;
}

/** @param {any} value @param {number} tag @returns {boolean} */
export const isPacked = (value, tag) => tag >= FIRST_RECORD && value instanceof arrays[tag] && value.owner === undefined;

/**
 * The array again after a call into wasm. Memory may have grown in it, which detaches an array over wasm's own memory
 * (a buffer's `view`): its elements are at the same place of the new memory. Only for arrays that nothing else can have
 * detached meanwhile.
 * @param {any} array @param {number} tag @param {number} byteOffset As it was before. @param {number} length Likewise.
 */
export function attached(array, tag, byteOffset, length) {
  return lengthOf(array) === length ? array : new arrays[tag](heap(0).buffer, byteOffset, length);
}

/** @param {any} array @param {number} length @param {number} tag @param {number} address */
export function copyIn(array, length, tag, address) {
  const target = heap(tag);
  const start = address >>> shifts[tag];
  target.set(array, start);
  copiedBytes += length * target.BYTES_PER_ELEMENT;
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
