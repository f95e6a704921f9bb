// @ts-check
// Buffers and typed arrays inside of other values.

import { mutable, readOnly } from './buffers.js';
import { handle } from './handles.js';
import { arrayName, arrayNames, arrays, FIRST_RECORD, MUTABLE, shifts, tagOfArray } from './elements.js';
import { copyToBuffer, countCopied } from './copies.js';
import { heap, wasm } from './memory.js';

export { handle as handleOf, mutable as mutableBuffer, readOnly as readOnlyBuffer };

/** @param {any} value @param {number} shape @returns {number} A new handle, or 0 for a value of another type. */
export function copyOf(value, shape) {
  const tag = shape & ~MUTABLE;
  if (tag >= FIRST_RECORD) return Array.isArray(value) ? copyToBuffer(arrays[tag].from(value), shape) : 0;
  return arrayName(value) === arrayNames[tag] ? copyToBuffer(value, shape) : 0;
}

/** @param {number} address @param {number} length @param {number} tag @returns {any} A typed array, or an Array of objects. */
export function copyElements(address, length, tag) {
  const count = length >>> 0;
  countCopied(count * arrays[tag].BYTES_PER_ELEMENT);
  if (tag >= FIRST_RECORD) return new arrays[tag](heap(0).buffer, address >>> 0, count).toArray();
  const start = address >>> shifts[tag];
  return heap(tag).slice(start, start + count);
}

/** @param {unknown} value @returns {number} The tag of a live buffer's or typed array's elements, or -1. */
export function elementTag(value) {
  const live = handle(value);
  return live === 0 ? tagOfArray(value) : (wasm.lend_shape(live) >>> 0) & ~MUTABLE;
}
