// @ts-check
// Slices that are read: a buffer's, or a plain typed array's, which is copied into wasm memory for the call.

import { attached, copyIn, copyRecords, LONGEST, noMemory, wrongArgument } from './copies.js';
import { arrayName, arrayNames, arrays, bufferOf, isLost, lengthOf, offsetOf, Packed, shifts } from './elements.js';
import { handle, same } from './handles.js';
import { soon } from './host.js';
import { heap, poison, returned, wasm, whenReplaced } from './memory.js';

/** What snippets get for slices. @param {object} runtime */
export function attachSlices(runtime) {
  whenReplaced(reset);
  Object.assign(runtime, { $handle: handle, $same: same, $lend: copyToScratch });
}

function reset() {
  scratch = [];
}

/** From this many bytes on, scratch memory is not kept: `KEPT` of `runtime/src/scratch.rs`. */
const KEPT = 64 * 1024;

/** Up to this length V8 keeps an array without an `ArrayBuffer`, and makes one when somebody asks for it. No buffer has so low an address. */
const SMALL = 64;

/** @param {any} array @returns {boolean} True if it is a view of wasm's own memory. */
export const isInWasm = (array) => (offsetOf(array) !== 0 || lengthOf(array) > SMALL) && bufferOf(array) === heap(0).buffer;

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
export function copyToScratch(value, tag, ordinal, name, index, check) {
  if (arrayName(value) !== arrayNames[tag]) return copyRecordsToScratch(value, tag, ordinal, name, index);
  check?.(value);
  const length = lengthOf(value);
  // None, or more than 2^31 - 1.
  if ((length | 0) !== length || length === 0) checkLength(value, tag, length, name, index);
  const address = wasm.lend_scratch(ordinal, tag, length, 0);
  if (address === 0) return copyToLargerScratch(value, tag, length, ordinal, name, index);
  const words = heap(4);
  const entry = scratch[(ordinal << 4) | tag];
  if (entry === undefined || entry.address !== address || entry.capacity !== words[returned] || entry.view.length === 0) {
    copyIn(value, length, scratchAt(address, words[returned], tag, ordinal));
    return words[returned + 1];
  }
  copyIn(value, length, entry.view);
  return words[returned + 1];
}

/** @param {any} value @param {number} tag @param {number} length @param {string} name @param {number} index */
function checkLength(value, tag, length, name, index) {
  if (length > LONGEST) throw noMemory(name, index, length, tag);
  if (isLost(value)) throw wrongArgument(value, name, index);
}

/** Scratch memory as elements of a type: all that there is at its address, and nothing more. */
class Scratch {
  /** @param {any} view @param {number} address @param {number} capacity In bytes. */
  constructor(view, address, capacity) {
    this.view = view;
    this.address = address;
    this.capacity = capacity;
  }
}

/** By ordinal and tag. A view is of length 0 when memory has grown since. @type {Scratch[]} */
var scratch = [];

/** @param {number} address @param {number} capacity @param {number} tag @param {number} ordinal @returns {any} */
function scratchAt(address, capacity, tag, ordinal) {
  const view = new arrays[tag](heap(0).buffer, address >>> 0, capacity >>> shifts[tag]);
  scratch[(ordinal << 4) | tag] = new Scratch(view, address, capacity);
  return view;
}

/**
 * Lends an array for which more scratch memory has to be allocated.
 * @param {any} value @param {number} tag @param {number} length @param {number} ordinal @param {string} name @param {number} index
 */
function copyToLargerScratch(value, tag, length, ordinal, name, index) {
  const byteOffset = offsetOf(value);
  const address = wasm.lend_scratch(ordinal, tag, length, 1) >>> 0;
  if (address === 0) throw noMemory(name, index, length, tag);
  const words = heap(4);
  const handle = words[returned + 1];
  if (length > KEPT >>> shifts[tag]) soon(trim);
  copyIn(attached(value, tag, byteOffset, length), length, scratchAt(address, words[returned], tag, ordinal));
  return handle;
}

/**
 * The same for records, which `pack` has made of a plain Array.
 * @param {any} value @param {number} tag @param {number} ordinal @param {string} name @param {number} index
 */
function copyRecordsToScratch(value, tag, ordinal, name, index) {
  if (!Packed.is(value, tag)) throw wrongArgument(value, name, index);
  const address = wasm.lend_scratch(ordinal, tag, value.length, 1) >>> 0;
  if (address === 0) throw noMemory(name, index, value.length, tag);
  copyRecords(value, address);
  return heap(4)[returned + 1];
}

function trim() {
  if (poison === null) wasm.lend_scratch_trim();
}
