// @ts-check
// Copies between JavaScript's memory and wasm's.
//
// An array's tag, length and offset are read once, before anything else. Then memory is allocated for that many elements. Then the copy is
// written through a view of exactly that memory. Only an array over a growable SharedArrayBuffer can change in between: another thread can
// make it longer. The view refuses an array that is too long, and the copy is made from a view of the length that was read.

import { arrays, bufferOf, FIRST_RECORD, lengthOf, mayGrow, MUTABLE, offsetOf, pack, Packed, shifts, tagOfArray } from './elements.js';
import { describe, LendError } from './error.js';
import { expected } from './expectedElements.js';
import { unusable } from './handles.js';
import { heap } from './heap.js';
import { returned, wasm } from './memory.js';
import { fromCaller, nameOf, place } from './signatures.js';

/** @typedef {import('./signatures.js').About} About */

/** An object, not variables: on the shortest path, in another file, a call of a function that counts would be a tenth of the whole. */
export const counts = {
  /** Bytes that were copied between JavaScript's memory and wasm's since the start. */
  copied: 0,
  /** How often scratch memory was used, or a gift. */
  uses: 0,
};

/** @param {number} bytes */
export const countCopied = (bytes) => void (counts.copied += bytes);

/** Forgets which arrays calls would write to that have not begun. Only an app with `&mut [T]` has that. */
export let forgetUnbegun = () => {};

/** @param {() => void} f */
export const setForget = (f) => void (forgetUnbegun = f);

/** The most elements that an allocation of wasm can have. Wasm would take a larger length modulo 2^32. */
export const LONGEST = 0x7fffffff;

/**
 * @param {any} array A typed array that is not detached, or packed records.
 * @param {number} tag Of the slot: the element tag, with MUTABLE or without.
 * @returns {number} The handle of a new buffer with the array's elements; 0 if there is no memory.
 */
export function copyToBuffer(array, tag) {
  const elementTag = tag & ~MUTABLE;
  const isPacked = elementTag >= FIRST_RECORD;
  const length = isPacked ? array.length : lengthOf(array);
  const byteOffset = isPacked ? 0 : offsetOf(array);
  if (length > LONGEST && !isPacked) return 0;
  const handle = wasm.lend_alloc(tag, length, 1) >>> 0;
  if (handle === 0 || length === 0) return handle;
  const address = heap(4)[returned];
  try {
    if (isPacked) copyRecords(array, address);
    else copyToFresh(attached(array, elementTag, byteOffset, length), length, elementTag, address);
  } catch (error) {
    wasm.lend_free(handle);
    throw error;
  }
  return handle;
}

/** @param {Packed} records @param {number} address Of memory for all of them. */
export function copyRecords(records, address) {
  const bytes = Packed.bytes(records);
  heap(0).set(bytes, address);
  countCopied(bytes.length);
}

/**
 * Packs an Array of objects as records of a type. Any other value is returned as it is.
 * @param {any} value @param {number} tag @param {() => string} what
 */
export const packed = (value, tag, what) => (tag >= FIRST_RECORD && Array.isArray(value) ? pack(tag, value, what) : value);

/**
 * The array after a call into wasm. If memory has grown, an array over wasm's own memory (a buffer's `view`) is detached, and its elements are
 * at the same place of the new memory. Only for arrays that nothing else can have detached meanwhile.
 * @param {any} array @param {number} tag @param {number} byteOffset Before the call. @param {number} length Before the call.
 */
export function attached(array, tag, byteOffset, length) {
  return lengthOf(array) !== 0 || length === 0 ? array : new arrays[tag](heap(0).buffer, byteOffset, length);
}

/** @param {any} array @param {number} length As it was read. @param {any} target A view of exactly the memory for the copy. */
export function copyIn(array, length, target) {
  try {
    target.set(array);
  } catch {
    // Another thread has made it longer than the target. Its start never changes.
    target.set(new arrays[tagOfArray(array)](bufferOf(array), offsetOf(array), length));
  }
  countCopied(length * target.BYTES_PER_ELEMENT);
}

/**
 * Up to this length in bytes V8 keeps an array without an `ArrayBuffer`, and makes one when it is asked for. That costs time.
 */
export const SMALL = 64;

/** Up to this many elements a loop is faster than making a view for the copy. */
export const FEW = 16;

/** @param {any} array @param {number} length As it was read. @param {number} tag @param {number} address Of new memory for that many elements. */
export function copyToFresh(array, length, tag, address) {
  const target = heap(tag);
  const start = address >>> shifts[tag];
  if (length <= FEW) for (let i = 0; i < length; i++) target[start + i] = array[i];
  // A view of the memory alone costs 60 ns. It is needed for an array that may become longer.
  else if (length << shifts[tag] > SMALL && !mayGrow(array)) target.set(array, start);
  else return copyIn(array, length, new arrays[tag](target.buffer, address, length));
  countCopied(length * target.BYTES_PER_ELEMENT);
}

/**
 * The error for an argument that is neither a live buffer nor a typed array of the right type.
 * @param {unknown} value
 * @param {About} about
 * @param {number} index
 */
export function wrongArgument(value, about, index) {
  const where = place(about, index);
  return fromCaller(about, unusable(value, where) ?? new LendError('ERR_LEND_TYPE', `${where} takes ${expected(about, index)}; got ${describe(value)}`));
}

/** @param {About} about @param {number} index @param {number} length @param {number} tag */
export function noMemory(about, index, length, tag) {
  return fromCaller(about, new LendError('ERR_LEND_OOM', `${place(about, index)}: no memory for its ${length * arrays[tag].BYTES_PER_ELEMENT} bytes`));
}

/**
 * The error for a result that JavaScript has no memory for: a string that is too long, a large array. Frees what the call has returned. The call
 * itself has ended, with all its borrows.
 * @param {About} about The function. @param {number} handle What to free, or 0. @param {string} what @param {unknown} cause
 */
export function noResult(about, handle, what, cause) {
  if (handle !== 0) wasm.lend_free(handle);
  return new LendError('ERR_LEND_OOM', `${nameOf(about)}(): the result: JavaScript has no memory for ${what}`, { cause });
}
