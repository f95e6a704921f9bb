// @ts-check
// Slices that are read: a buffer's, or a plain typed array's, which is copied into scratch memory for the call.

import { arrayFor } from './arrayLikes.js';
import { attached, copyIn, copyRecords, counts, LONGEST, noMemory, SMALL, wrongArgument } from './copies.js';
import { arrayName, arrayNames, arrays, bufferOf, isLost, lengthOf, offsetOf, Packed, shifts } from './elements.js';
import { heap, isMemory } from './heap.js';
import { soon } from './host.js';
import { poison, returned, wasm, whenReplaced } from './memory.js';

function reset() {
  scratch = [];
}

/** Larger scratch memory is not kept after the task: `KEPT` of `runtime/src/scratch.rs`. */
const KEPT = 64 * 1024;

/** @param {any} array @returns {boolean} True if it is a view of wasm's own memory. A short array at offset 0 is not asked: no buffer has so low an address. */
export const isInWasm = (array) => (offsetOf(array) !== 0 || lengthOf(array) > SMALL) && isMemory(bufferOf(array));

/**
 * Copies a plain typed array into scratch memory, where the function can read it during this call.
 * @param {any} value
 * @param {number} tag
 * @param {number} ordinal The position among the call's plain arrays: each has scratch memory of its own.
 * @param {import('./signatures.js').About} about
 * @param {number} index
 * @param {(value: any) => void} [check] Refuses an array that shares memory with another argument.
 * @returns {number} A handle that is valid for this call.
 */
export function copyToScratch(value, tag, ordinal, about, index, check) {
  if (arrayName(value) !== arrayNames[tag]) return copyOtherToScratch(value, tag, ordinal, about, index, check);
  check?.(value);
  counts.uses += 1;
  const length = lengthOf(value);
  // 0, or more than 2^31 - 1.
  if ((length | 0) !== length || length === 0) checkLength(value, tag, length, about, index);
  const address = wasm.lend_scratch(ordinal, tag, length, 0);
  if (address === 0) return copyToLargerScratch(value, tag, length, ordinal, about, index);
  const words = heap(4);
  const entry = scratch[(ordinal << 4) | tag];
  if (entry === undefined || entry.address !== address || entry.capacity !== words[returned] || entry.view.length === 0) {
    copyIn(value, length, scratchAt(address, words[returned], tag, ordinal));
    return words[returned + 1];
  }
  copyIn(value, length, entry.view);
  return words[returned + 1];
}

/** @param {any} value @param {number} tag @param {number} length @param {import('./signatures.js').About} about @param {number} index */
function checkLength(value, tag, length, about, index) {
  if (length > LONGEST) throw noMemory(about, index, length, tag);
  if (isLost(value)) throw wrongArgument(value, about, index);
}

/** Scratch memory as elements of a type: a view of exactly that memory. */
class Scratch {
  /** @param {any} view @param {number} address @param {number} capacity In bytes. */
  constructor(view, address, capacity) {
    this.view = view;
    this.address = address;
    this.capacity = capacity;
  }
}

/** Index: an ordinal and an element tag. When memory has grown since, the view is detached and its length is 0. @type {Scratch[]} */
var scratch = [];

/** @param {number} address @param {number} capacity @param {number} tag @param {number} ordinal @returns {any} */
function scratchAt(address, capacity, tag, ordinal) {
  const view = new arrays[tag](heap(0).buffer, address >>> 0, capacity >>> shifts[tag]);
  scratch[(ordinal << 4) | tag] = new Scratch(view, address, capacity);
  whenReplaced(reset);
  return view;
}

/**
 * The same for an array that needs more scratch memory than there is.
 * @param {any} value @param {number} tag @param {number} length @param {number} ordinal @param {import('./signatures.js').About} about @param {number} index
 */
function copyToLargerScratch(value, tag, length, ordinal, about, index) {
  const byteOffset = offsetOf(value);
  const address = wasm.lend_scratch(ordinal, tag, length, 1) >>> 0;
  if (address === 0) throw noMemory(about, index, length, tag);
  const words = heap(4);
  const handle = words[returned + 1];
  if (length > KEPT >>> shifts[tag]) soon(trim);
  copyIn(attached(value, tag, byteOffset, length), length, scratchAt(address, words[returned], tag, ordinal));
  return handle;
}

/**
 * The same for what may come in place of a typed array, and for records, which `$pack` has made from a plain Array.
 * @param {any} value @param {number} tag @param {number} ordinal @param {import('./signatures.js').About} about @param {number} index
 * @param {(value: any) => void} [check]
 * @returns {number}
 */
function copyOtherToScratch(value, tag, ordinal, about, index, check) {
  if (!Packed.is(value, tag)) return copyToScratch(arrayFor(value, tag, about, index), tag, ordinal, about, index, check);
  counts.uses += 1;
  const address = wasm.lend_scratch(ordinal, tag, value.length, 1) >>> 0;
  if (address === 0) throw noMemory(about, index, value.length, tag);
  copyRecords(value, address);
  return heap(4)[returned + 1];
}

function trim() {
  if (poison === null) wasm.lend_scratch_trim();
}
