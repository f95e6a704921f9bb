// @ts-check
// Buffers and typed arrays inside of other values: a field of an object, an element of an Array.

import { likeArray } from './arrayLikes.js';
import { mutable, readOnly } from './buffers.js';
import { copyToBuffer, countCopied, packed } from './copies.js';
import { arrayName, arrayNames, arrays, FIRST_RECORD, isLost, MUTABLE, Packed, shifts, tagOfArray } from './elements.js';
import { bufferState, handle, holdBuffer, letGoOfBuffer } from './handles.js';
import { heap } from './heap.js';
import { wasm } from './memory.js';

export { bufferState, handle as handleOf, holdBuffer, letGoOfBuffer, mutable as mutableBuffer, readOnly as readOnlyBuffer };

/** Returned in place of a handle if there is no memory for the copy: `NO_MEMORY` of `runtime/src/value/buffers.rs`. */
const NO_MEMORY = 0xffffffff;

/** @param {any} value @param {number} tag @returns {number} A new handle, 0 for a value of another type, or `NO_MEMORY`. */
export function copyOf(value, tag) {
  const elementTag = tag & ~MUTABLE;
  const elements = isPlain(value, elementTag) ? packed(value, elementTag, () => 'records') : like(value, elementTag);
  if (!Packed.is(elements, elementTag) && (arrayName(elements) !== arrayNames[elementTag] || isLost(elements))) return 0;
  return copyToBuffer(elements, tag) || NO_MEMORY;
}

/** @param {any} value @param {number} tag */
const isPlain = (value, tag) => tag >= FIRST_RECORD || arrayName(value) === arrayNames[tag];

/** @param {any} value @param {number} tag */
function like(value, tag) {
  try {
    return likeArray(value, tag, () => '');
  } catch {
    // An exception would go through the frames of wasm that have called this. Rust says what it takes.
    return undefined;
  }
}

/**
 * @param {number} address @param {number} length @param {number} tag
 * @returns {any} A typed array, or an Array of objects; undefined if JavaScript has no memory for it. An exception would go through the frames of
 *   wasm that have called this.
 */
export function copyElements(address, length, tag) {
  const count = length >>> 0;
  const start = address >>> shifts[tag];
  try {
    const copy = tag >= FIRST_RECORD
      ? new arrays[tag](heap(0).buffer, address >>> 0, count).toArray()
      : heap(tag).slice(start, start + count);
    countCopied(count * arrays[tag].BYTES_PER_ELEMENT);
    return copy;
  } catch {
    return undefined;
  }
}

/** @param {unknown} value @returns {number} The element tag of a live buffer or typed array, or -1. */
export function elementTag(value) {
  const live = handle(value);
  return live === 0 ? tagOfArray(value) : (wasm.lend_tag(live) >>> 0) & ~MUTABLE;
}
