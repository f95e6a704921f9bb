// @ts-check
// Slices that are read: a buffer's, or a plain typed array's, which is copied into wasm memory for the call.

import { handle } from './handles.js';
import { arrayName, arrayNames, arrays, lengthOf, offsetOf, shifts } from './elements.js';
import { attached, copyIn, copyRecords, isPacked, noMemory, notLendable } from './copies.js';
import { heap, poison, returned, wasm } from './memory.js';

/** What snippets get for slices. @param {object} runtime */
export const attachSlices = (runtime) => void Object.assign(runtime, { $handle: handle, $lend: lend });

/** From this many bytes on, scratch memory is not kept: `KEPT` of `runtime/src/scratch.rs`. */
const KEPT = 64 * 1024;

/**
 * Puts a plain typed array where the function can read it during this call.
 * @param {any} value
 * @param {number} tag
 * @param {number} ordinal Which of the call's plain arrays it is.
 * @param {string} name
 * @param {number} index
 * @param {(value: any) => void} [check] Compares it with earlier arguments of the call.
 * @returns {number} A handle that is good for this call.
 */
export function lend(value, tag, ordinal, name, index, check) {
  if (arrayName(value) !== arrayNames[tag]) return lendRecords(value, tag, ordinal, name, index);
  check?.(value);
  const length = lengthOf(value);
  const address = wasm.lend_scratch(ordinal, tag, length, 0);
  if (address === 0) return lendInFresh(value, tag, ordinal, name, index);
  copyIn(value, length, tag, address);
  return heap(4)[returned + 1];
}

/**
 * Lends an array for which more scratch memory has to be allocated.
 * @param {any} value @param {number} tag @param {number} ordinal @param {string} name @param {number} index
 */
function lendInFresh(value, tag, ordinal, name, index) {
  const length = lengthOf(value);
  const byteOffset = offsetOf(value);
  const address = wasm.lend_scratch(ordinal, tag, length, 1);
  if (address === 0) throw noMemory(name, index, length * arrays[tag].BYTES_PER_ELEMENT);
  copyIn(attached(value, tag, byteOffset, length), length, tag, address);
  if (length > KEPT >>> shifts[tag]) queueMicrotask(trim);
  return heap(4)[returned + 1];
}

/**
 * The same for records, which `pack` has made of a plain Array.
 * @param {any} value @param {number} tag @param {number} ordinal @param {string} name @param {number} index
 */
function lendRecords(value, tag, ordinal, name, index) {
  if (!isPacked(value, tag)) throw notLendable(value, name, index);
  const address = wasm.lend_scratch(ordinal, tag, value.length, 1);
  if (address === 0) throw noMemory(name, index, value.bytes.length);
  copyRecords(value, address);
  return heap(4)[returned + 1];
}

function trim() {
  if (poison === null) wasm.lend_scratch_trim();
}
