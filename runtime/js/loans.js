// @ts-check
// Plain typed arrays as arguments: copied into wasm memory for the call, and back when the function may write.

import { arrayNames, arrayName, arrays, lengthOf, MUTABLE, shifts } from './elements.js';
import { heap, poison, wasm } from './memory.js';
import { noMemory, notLendable, overlap } from './refusal.js';

/** Below this many elements a loop is faster than `TypedArray.prototype.set` in every engine. */
const LOOP = 32;

/** Bytes copied between JavaScript's memory and wasm's since the start. */
export let copiedBytes = 0;

/** How many arrays are lent by the calls under way; `pool[depth]` is free. */
let depth = 0;

/** A plain array in scratch memory for the time of a call. */
class Loan {
  /** The chain of the call's loans. @type {{ settle(): void } | null} */
  previous = null;
  /** @type {any} */
  array = null;
  /** Where the array lies in wasm's own memory, if it is a view of that (a buffer's `view`), else -1. */
  offset = -1;
  length = 0;
  tag = 0;
  address = 0;
  mutable = false;

  /** @param {number} depth @param {number} handle */
  constructor(depth, handle) {
    this.depth = depth;
    this.handle = handle;
  }

  settle() {
    if (poison === null) {
      if (this.mutable) copyOut(this);
      if (this.length > 4096) wasm.lend_scratch_trim(this.depth);
    }
    depth = this.depth;
    this.array = null;
    const { previous } = this;
    this.previous = null;
    if (previous !== null) previous.settle();
  }
}

/** @type {Loan[]} */
const pool = [];

/**
 * Lends a plain typed array to the function for this call.
 * @param {{ settle(): void } | null} previous The loan of an earlier argument of this call.
 * @param {any} value
 * @param {number} tag
 * @param {boolean} mutable
 * @param {string} name
 * @param {number} index
 */
export function lend(previous, value, tag, mutable, name, index) {
  if (arrayName(value) !== arrayNames[tag]) throw notLendable(value, name, index);
  const length = lengthOf(value);
  for (let i = 0; i < depth; i++) {
    if ((mutable || pool[i].mutable) && overlaps(pool[i].array, value)) throw overlap(name, index, inChain(previous, pool[i]));
  }
  const offset = offsetInWasm(value);
  const address = wasm.lend_scratch(depth, tag, length);
  if (address === 0) throw noMemory(name, index, length * arrays[tag].BYTES_PER_ELEMENT);
  const loan = pool[depth] ?? (pool[depth] = new Loan(depth, wasm.lend_scratch_handle(depth)));
  depth += 1;
  loan.previous = previous;
  loan.length = length;
  loan.tag = tag;
  loan.mutable = mutable;
  loan.address = address;
  loan.array = value;
  loan.offset = offset;
  copyIn(attached(value, offset, length), length, tag, address);
  return loan;
}

/** @param {any} previous @param {Loan} loan */
function inChain(previous, loan) {
  for (let it = previous; it; it = it.previous) if (it === loan) return true;
  return false;
}

/** A plain array copied into a buffer of its own, which the function may keep. */
class Gift {
  /** @param {{ settle(): void } | null} previous @param {number} handle */
  constructor(previous, handle) {
    this.previous = previous;
    this.handle = handle;
  }

  settle() {
    // A handle that the function took is dead, and nothing happens.
    if (poison === null) wasm.lend_free(this.handle);
    if (this.previous !== null) this.previous.settle();
  }
}

/**
 * Gives the function a copy of a plain typed array.
 * @param {{ settle(): void } | null} previous
 * @param {any} value
 * @param {number} tag
 * @param {boolean} readOnly
 * @param {string} name
 * @param {number} index
 */
export function give(previous, value, tag, readOnly, name, index) {
  if (arrayName(value) !== arrayNames[tag]) throw notLendable(value, name, index);
  const handle = copyToBuffer(value, tag, readOnly);
  if (handle === 0) throw noMemory(name, index, lengthOf(value) * arrays[tag].BYTES_PER_ELEMENT);
  return new Gift(previous, handle);
}

/**
 * @param {any} array
 * @param {number} tag
 * @param {boolean} readOnly
 * @returns {number} The handle of a new buffer with the array's elements; 0 when there is no memory.
 */
export function copyToBuffer(array, tag, readOnly) {
  const length = lengthOf(array);
  const offset = offsetInWasm(array);
  const handle = wasm.lend_alloc(readOnly ? tag : tag | MUTABLE, length) >>> 0;
  if (handle !== 0) copyIn(attached(array, offset, length), length, tag, wasm.lend_address(handle));
  return handle;
}

/**
 * Copies the `Vec` that the last call returned.
 * @param {number} address
 * @param {number} tag
 */
export function copyReturned(address, tag) {
  const at = wasm.lend_returned() >>> 2;
  const length = heap(4)[at];
  const handle = heap(4)[at + 1];
  const start = address >>> shifts[tag];
  const copy = heap(tag).slice(start, start + length);
  copiedBytes += copy.byteLength;
  if (handle !== 0) wasm.lend_free(handle);
  return copy;
}

/** @param {any} array @returns {number} Where the array lies in wasm's own memory, or -1. */
const offsetInWasm = (array) => (array.buffer === heap(0).buffer ? array.byteOffset : -1);

/**
 * The array again after a call into wasm, which may have grown memory and so detached a view of it.
 * @param {any} array @param {number} offset As `offsetInWasm` gave it before. @param {number} length
 */
const attached = (array, offset, length) =>
  offset === -1 || array.length === length ? array : new array.constructor(heap(0).buffer, offset, length);

/** @param {any} array @param {number} length @param {number} tag @param {number} address */
function copyIn(array, length, tag, address) {
  const target = heap(tag);
  const start = address >>> shifts[tag];
  if (length < LOOP) {
    for (let i = 0; i < length; i++) target[start + i] = array[i];
  } else {
    target.set(array, start);
  }
  copiedBytes += length * target.BYTES_PER_ELEMENT;
}

/** @param {Loan} loan */
function copyOut({ array, offset, length, tag, address }) {
  const source = heap(tag);
  const start = address >>> shifts[tag];
  const target = attached(array, offset, length);
  if (length < LOOP) {
    for (let i = 0; i < length; i++) target[i] = source[start + i];
  } else {
    target.set(source.subarray(start, start + length));
  }
  copiedBytes += length * source.BYTES_PER_ELEMENT;
}

/** @param {any} a @param {any} b */
function overlaps(a, b) {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
