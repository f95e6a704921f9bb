// @ts-check
// Plain typed arrays as arguments and results: copied into wasm memory for the call, and back when they may be written.

import { handle, isBuffer, mutable, notHere, readOnly, spend } from './buffers.js';
import { arrayName, arrayNames, arrays, FIRST_RECORD, lengthOf, MUTABLE, offsetOf, shifts } from './elements.js';
import { describe, LendError } from './error.js';
import { heap, poison, returned, wasm } from './memory.js';
import { expected, place } from './signatures.js';

/** What snippets get for slices and buffers. @param {object} runtime */
export function attachBuffers(runtime) {
  Object.assign(runtime, {
    $handle: handle,
    $lend: lend,
    $lendMut: lendMut,
    $copyBack: copyBack,
    $give: give,
    $takeBack: takeBack,
    $spend: spend,
    $copyOut: copyOut,
    $readOnly: readOnly,
    $mutable: mutable,
    $pack: pack,
  });
}

/** From this many bytes on, scratch memory is not kept: `KEPT` of `runtime/src/scratch.rs`. */
const KEPT = 64 * 1024;

/** Bytes copied between JavaScript's memory and wasm's since the start. */
export let copiedBytes = 0;

/** @param {number} bytes */
export const countCopied = (bytes) => void (copiedBytes += bytes);

/**
 * Puts a plain typed array where the function can read it during this call.
 * @param {any} value
 * @param {number} tag
 * @param {number} ordinal Which of the call's plain arrays it is.
 * @param {string} name
 * @param {number} index
 * @param {any[]} [writable] Earlier arguments that the function may write to.
 * @returns {number} A handle that is good for this call.
 */
export function lend(value, tag, ordinal, name, index, writable) {
  if (arrayName(value) !== arrayNames[tag]) return lendRecords(value, tag, ordinal, name, index);
  if (writable !== undefined) refuseOverlap(value, writable, name, index);
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

/** @param {any} value @param {number} tag @returns {boolean} */
const isPacked = (value, tag) => tag >= FIRST_RECORD && value instanceof arrays[tag] && value.owner === undefined;

/** @param {any} records @param {number} address */
function copyRecords(records, address) {
  heap(0).set(records.bytes, address >>> 0);
  copiedBytes += records.bytes.length;
}

/**
 * A plain Array of objects as records, before anything else of the call is done: it runs getters. Any other value as it is.
 * @param {any} value @param {number} tag @param {string} name @param {number} index
 */
export function pack(value, tag, name, index) {
  return tag >= FIRST_RECORD && Array.isArray(value) ? arrays[tag].from(value, () => place(name, index)) : value;
}

function trim() {
  if (poison === null) wasm.lend_scratch_trim();
}

/** An array that a call under way may write to, and where its elements are meanwhile. */
class Loan {
  /** @type {any} */
  array = null;
  tag = 0;
  /** Whether the array is a view of wasm's own memory (a buffer's `view`), which growth detaches, and where it is there. */
  inWasm = false;
  byteOffset = 0;
  length = 0;
}

/** The loans of the calls under way, then unused ones. @type {Loan[]} */
const loans = [];
let live = 0;

/**
 * Puts a plain typed array where the function can read and write it during this call; `copyBack` ends that.
 * @param {any} value
 * @param {number} tag
 * @param {number} ordinal
 * @param {string} name
 * @param {number} index
 * @param {any[]} [others] Earlier arguments that are arrays too.
 */
export function lendMut(value, tag, ordinal, name, index, others) {
  if (arrayName(value) !== arrayNames[tag]) throw notLendable(value, name, index);
  const loan = loans[live] ?? (loans[live] = new Loan());
  // Before `lend`, in which memory may grow.
  loan.inWasm = value.buffer === heap(0).buffer;
  loan.byteOffset = offsetOf(value);
  loan.length = lengthOf(value);
  const handle = lend(value, tag, ordinal, name, index, others);
  for (let i = 0; i < live; i++) {
    if (others?.includes(loans[i].array) !== true && overlaps(loans[i].array, value)) throw overlap(name, index, false);
  }
  live += 1;
  loan.array = value;
  loan.tag = tag;
  return handle;
}

/**
 * Copies the elements back and ends the loan; does nothing for a buffer, or an array that was not lent in the end.
 * @param {unknown} value
 * @param {number} handle
 */
export function copyBack(value, handle) {
  if (isBuffer(value) || handle === 0) return;
  live -= 1;
  const { array, tag, inWasm, byteOffset, length } = loans[live];
  loans[live].array = null;
  if (poison !== null) return;
  const source = heap(tag);
  const start = wasm.lend_address(handle) >>> shifts[tag];
  const target = inWasm ? attached(array, tag, byteOffset, length) : array;
  // Shorter than it was if a callback has resized its buffer, or transferred it away.
  const copied = Math.min(length, lengthOf(target));
  if (copied > 0) target.set(source.subarray(start, start + copied));
  copiedBytes += copied * source.BYTES_PER_ELEMENT;
}

/**
 * Gives the function a copy of a plain typed array that it may keep; `takeBack` ends that.
 * @param {any} value
 * @param {number} shape The tag, and whether the function takes a mutable buffer.
 * @param {string} name
 * @param {number} index
 */
export function give(value, shape, name, index) {
  const tag = shape & ~MUTABLE;
  if (arrayName(value) !== arrayNames[tag] && !isPacked(value, tag)) throw notLendable(value, name, index);
  const handle = copyToBuffer(value, shape);
  if (handle === 0) throw noMemory(name, index, value.length * arrays[tag].BYTES_PER_ELEMENT);
  return handle;
}

/**
 * Frees a copy, if it is one and the function has not taken it: then its handle is dead and nothing happens.
 * @param {unknown} value
 * @param {number} handle
 */
export function takeBack(value, handle) {
  if (!isBuffer(value) && handle !== 0 && poison === null) wasm.lend_free(handle);
}

/**
 * @param {any} array
 * @param {number} shape
 * @returns {number} The handle of a new buffer with the array's elements; 0 when there is no memory.
 */
export function copyToBuffer(array, shape) {
  const tag = shape & ~MUTABLE;
  if (tag >= FIRST_RECORD) {
    const handle = wasm.lend_alloc(shape, array.length) >>> 0;
    if (handle !== 0) copyRecords(array, wasm.lend_address(handle));
    return handle;
  }
  const length = lengthOf(array);
  const byteOffset = offsetOf(array);
  const handle = wasm.lend_alloc(shape, length) >>> 0;
  if (handle !== 0) copyIn(attached(array, tag, byteOffset, length), length, tag, wasm.lend_address(handle));
  return handle;
}

/**
 * Copies the `Vec` that the last call returned.
 * @param {number} address
 * @param {number} tag
 */
export function copyOut(address, tag) {
  const length = heap(4)[returned];
  const handle = heap(4)[returned + 1];
  const start = address >>> shifts[tag];
  const copy = heap(tag).slice(start, start + length);
  copiedBytes += copy.byteLength;
  if (handle !== 0) wasm.lend_free(handle);
  return copy;
}

/**
 * The array again after a call into wasm. Memory may have grown in it, which detaches an array over wasm's own memory
 * (a buffer's `view`): its elements are at the same place of the new memory. Only for arrays that nothing else can have
 * detached meanwhile.
 * @param {any} array @param {number} tag @param {number} byteOffset As it was before. @param {number} length Likewise.
 */
function attached(array, tag, byteOffset, length) {
  return lengthOf(array) === length ? array : new arrays[tag](heap(0).buffer, byteOffset, length);
}

/** @param {any} array @param {number} length @param {number} tag @param {number} address */
function copyIn(array, length, tag, address) {
  const target = heap(tag);
  const start = address >>> shifts[tag];
  target.set(array, start);
  copiedBytes += length * target.BYTES_PER_ELEMENT;
}

/** @param {any} value @param {any[]} others @param {string} name @param {number} index */
function refuseOverlap(value, others, name, index) {
  for (const other of others) {
    if (arrayName(other) !== undefined && overlaps(other, value)) throw overlap(name, index, true);
  }
}

/** @param {any} a @param {any} b */
function overlaps(a, b) {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

/**
 * The error for a value that is neither a live buffer nor a typed array of the right type.
 * @param {unknown} value
 * @param {string} name
 * @param {number} index
 */
function notLendable(value, name, index) {
  return (
    notHere(value, place(name, index))
    ?? new LendError('ERR_LEND_TYPE', `${place(name, index)} takes ${expected(name, index)}; got ${describe(value)}`)
  );
}

/** @param {string} name @param {number} index @param {number} bytes */
function noMemory(name, index, bytes) {
  return new LendError('ERR_LEND_OOM', `${place(name, index)}: no memory for its ${bytes} bytes`);
}

/** @param {string} name @param {number} index @param {boolean} sameCall */
function overlap(name, index, sameCall) {
  const [code, who] = sameCall
    ? ['ERR_LEND_ALIASED', 'another argument of this call']
    : ['ERR_LEND_BORROWED', 'a call that is still running'];
  return new LendError(code, `${place(name, index)} shares memory with ${who}, and one of the two is to be written to`);
}
