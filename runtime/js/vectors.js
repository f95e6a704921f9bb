// @ts-check
// Plain arrays for a function that takes a `Vec`. The elements are copied into memory that is the function's own after the call.

import { arrayFor } from './arrayLikes.js';
import { attached, copyIn, copyToFresh, counts, FEW, LONGEST, noMemory, wrongArgument } from './copies.js';
import { arrayName, arrayNames, arrays, isLost, knownLength, lengthOf, offsetOf } from './elements.js';
import { setFreeGift } from './handles.js';
import { heap } from './heap.js';
import { returned, wasm, whenReplaced } from './memory.js';

const freeGift = (/** @type {number} */ handle) => wasm.lend_gift_free(handle) !== 0;
setFreeGift(freeGift);

/**
 * @param {any} value @param {number} tag
 * @param {number} ordinal The position among the call's plain arrays.
 * @param {import('./signatures.js').About} about @param {number} index
 * @returns {number} The handle of the memory, for this call. If the call does not take it, `taken` frees it.
 */
export function giveVector(value, tag, ordinal, about, index) {
  const length = knownLength(value, tag);
  return length > 0 ? give(value, tag, length, ordinal, about, index) : giveOther(value, tag, ordinal, about, index);
}

/**
 * The same for arrays of other realms, empty ones, and what may come in place of a typed array.
 * @param {any} value @param {number} tag @param {number} ordinal @param {import('./signatures.js').About} about @param {number} index
 * @returns {number}
 */
function giveOther(value, tag, ordinal, about, index) {
  if (arrayName(value) !== arrayNames[tag]) return giveOther(arrayFor(value, tag, about, index), tag, ordinal, about, index);
  if (isLost(value)) throw wrongArgument(value, about, index);
  return give(value, tag, lengthOf(value), ordinal, about, index);
}

/** @param {any} value @param {number} tag @param {number} length @param {number} ordinal @param {import('./signatures.js').About} about @param {number} index */
function give(value, tag, length, ordinal, about, index) {
  // Before the call, which may make memory grow.
  const byteOffset = offsetOf(value);
  counts.uses += 1;
  const address = length > LONGEST ? 0 : wasm.lend_gift(ordinal, tag, length) >>> 0;
  if (address === 0) throw noMemory(about, index, length, tag);
  const handle = heap(4)[returned];
  try {
    // The allocator often gives the same memory again. If memory has grown, the length of `last` is 0.
    if (address === lastAddress && length === last.length && tag === lastTag) copyIn(value, length, last);
    else copyToNew(attached(value, tag, byteOffset, length), tag, address, length);
  } catch (error) {
    freeGift(handle);
    // Somebody has given the prototype to an array of another type, whose elements are no numbers.
    throw arrayName(value) === arrayNames[tag] ? error : wrongArgument(value, about, index);
  }
  return handle;
}

/** A view of the memory of the last gift, because to make a view costs more than a small copy. */
var last = new Uint8Array(0);
var lastTag = 0;
var lastAddress = 0;

/** @param {any} array @param {number} tag @param {number} address @param {number} length */
function copyToNew(array, tag, address, length) {
  if (length <= FEW) return copyToFresh(array, length, tag, address);
  whenReplaced(reset);
  last = new arrays[tag](heap(0).buffer, address, length);
  lastTag = tag;
  lastAddress = address;
  copyIn(array, length, last);
}

function reset() {
  last = new Uint8Array(0);
  lastAddress = 0;
}
