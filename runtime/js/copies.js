// @ts-check
// Copies between JavaScript's memory and wasm's.
//
// What comes from JavaScript is read once, and first: tag, length, place. Then memory is allocated for so many elements, and
// then the copy is written through a view of that memory and nothing more. Only one kind of array can change in between, that of
// a growable SharedArrayBuffer, which another thread makes longer: the view refuses what is too long, and the copy is made from
// a view of the length that was read.

import { arrays, bufferOf, FIRST_RECORD, lengthOf, MUTABLE, offsetOf, pack, Packed, shifts, tagOfArray } from './elements.js';
import { describe, LendError } from './error.js';
import { unusable } from './handles.js';
import { heap, wasm } from './memory.js';
import { expected, fromCaller, place } from './signatures.js';

/** Bytes copied between JavaScript's memory and wasm's since the start. */
export var copiedBytes = 0;

/** @param {number} bytes */
export const countCopied = (bytes) => void (copiedBytes += bytes);

/** More elements than that no allocation of wasm's has; as a number to wasm a length would be taken modulo 2^32. */
export const LONGEST = 0x7fffffff;

/**
 * @param {any} array A typed array, whose memory is there, or packed records.
 * @param {number} tag Element tag, and MUTABLE or not.
 * @returns {number} The handle of a new buffer with the array's elements; 0 when there is no memory.
 */
export function copyToBuffer(array, tag) {
  const elementTag = tag & ~MUTABLE;
  const isPacked = elementTag >= FIRST_RECORD;
  const length = isPacked ? array.length : lengthOf(array);
  const byteOffset = isPacked ? 0 : offsetOf(array);
  if (length > LONGEST && !isPacked) return 0;
  const handle = wasm.lend_alloc(tag, length) >>> 0;
  if (handle === 0 || length === 0) return handle;
  try {
    const address = wasm.lend_address(handle) >>> 0;
    if (isPacked) copyRecords(array, address);
    else copyToFresh(attached(array, elementTag, byteOffset, length), length, elementTag, address);
  } catch (error) {
    wasm.lend_free(handle);
    throw error;
  }
  return handle;
}

/** @param {Packed} records @param {number} address Of memory for so many. */
export function copyRecords(records, address) {
  const bytes = Packed.bytes(records);
  heap(0).set(bytes, address);
  copiedBytes += bytes.length;
}

/**
 * Packs an Array of objects as records of a type; anything else as it is.
 * @param {any} value @param {number} tag @param {() => string} what
 */
export const packed = (value, tag, what) => (tag >= FIRST_RECORD && Array.isArray(value) ? pack(tag, value, what) : value);

/**
 * The array again after a call into wasm. Memory may have grown in it, which detaches an array over wasm's own memory
 * (a buffer's `view`): its elements are at the same place of the new memory. Only for arrays that nothing else can have
 * detached meanwhile.
 * @param {any} array @param {number} tag @param {number} byteOffset As it was before. @param {number} length Likewise, not 0.
 */
export function attached(array, tag, byteOffset, length) {
  return lengthOf(array) !== 0 || length === 0 ? array : new arrays[tag](heap(0).buffer, byteOffset, length);
}

/** @param {any} array @param {number} length As it was read. @param {any} target A view of nothing but memory for the copy. */
export function copyIn(array, length, target) {
  try {
    target.set(array);
  } catch {
    // Another thread has made it longer than the target. Where it starts never changes.
    target.set(new arrays[tagOfArray(array)](bufferOf(array), offsetOf(array), length));
  }
  copiedBytes += length * target.BYTES_PER_ELEMENT;
}

/** Up to so many elements a loop copies faster than a view of the memory for them can be made. */
export const FEW = 16;

/** @param {any} array @param {number} length As it was read. @param {number} tag @param {number} address Of fresh memory for so many elements. */
function copyToFresh(array, length, tag, address) {
  if (length > FEW) return copyIn(array, length, new arrays[tag](heap(0).buffer, address, length));
  const target = heap(tag);
  const start = address >>> shifts[tag];
  for (let i = 0; i < length; i++) target[start + i] = array[i];
  copiedBytes += length * target.BYTES_PER_ELEMENT;
}

/**
 * The error for a value that is neither a live buffer nor a typed array of the right type.
 * @param {unknown} value
 * @param {string} name
 * @param {number} index
 */
export function wrongArgument(value, name, index) {
  const where = place(name, index);
  return fromCaller(name, unusable(value, where) ?? new LendError('ERR_LEND_TYPE', `${where} takes ${expected(name, index)}; got ${describe(value)}`));
}

/** @param {string} name @param {number} index @param {number} length @param {number} tag */
export function noMemory(name, index, length, tag) {
  return fromCaller(name, new LendError('ERR_LEND_OOM', `${place(name, index)}: no memory for its ${length * arrays[tag].BYTES_PER_ELEMENT} bytes`));
}

/**
 * The error for a result that JavaScript has no memory for. Gives back what the call has returned; the call has ended, with all that it had borrowed.
 * @param {string} name The function. @param {number} handle What to give back, or 0. @param {string} what @param {unknown} cause
 */
export function noResult(name, handle, what, cause) {
  if (handle !== 0) wasm.lend_free(handle);
  return new LendError('ERR_LEND_OOM', `${name}(): the result: JavaScript has no memory for ${what}`, { cause });
}
