// @ts-check
// Plain arrays for a function that takes a `Vec`. The elements are copied into memory that is the function's own after the call.

import { arrayFor } from './arrayLikes.js';
import { attached, copyToFresh, LONGEST, noMemory, noteScratch, wrongArgument } from './copies.js';
import { arrayName, arrayNames, isLost, lengthOf, offsetOf } from './elements.js';
import { noteGift, setFreeGift } from './handles.js';
import { heap } from './heap.js';
import { returned, wasm } from './memory.js';

const freeGift = (/** @type {number} */ handle) => wasm.lend_gift_free(handle) !== 0;
setFreeGift(freeGift);

/**
 * @param {any} value @param {number} tag
 * @param {number} ordinal The position among the call's arrays of this kind.
 * @param {import('./signatures.js').About} about @param {number} index
 * @returns {number} The handle of the memory, for this call. If the call does not take it, `taken` frees it.
 */
export function giveVector(value, tag, ordinal, about, index) {
  if (arrayName(value) !== arrayNames[tag]) return giveVector(arrayFor(value, tag, about, index), tag, ordinal, about, index);
  const length = lengthOf(value);
  if (length === 0 && isLost(value)) throw wrongArgument(value, about, index);
  const byteOffset = offsetOf(value);
  noteScratch();
  const address = length > LONGEST ? 0 : wasm.lend_gift(ordinal, tag, length) >>> 0;
  if (address === 0) throw noMemory(about, index, length, tag);
  const handle = heap(4)[returned];
  if (ordinal === 0) noteGift(handle);
  try {
    copyToFresh(attached(value, tag, byteOffset, length), length, tag, address);
  } catch (error) {
    freeGift(handle);
    throw error;
  }
  return handle;
}
