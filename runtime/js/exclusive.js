// @ts-check
// Slices that are written to. The function writes to a copy of a plain typed array, which is copied back after the call.

import { bytesOf } from './arrayLikes.js';
import { attached, countCopied, FEW, setForget, wrongArgument } from './copies.js';
import { arrayName, arrayNames, arrays, bufferOf, byteLengthOf, lengthOf, MUTABLE, NO_TAG, offsetOf, shifts, write } from './elements.js';
import { LendError } from './error.js';
import { watchEnds } from './handles.js';
import { heap, isMemory } from './heap.js';
import { poison, wasm, whenReplaced } from './memory.js';
import { place } from './signatures.js';
import { copyToScratch, isInWasm } from './slices.js';
import { copySmall } from './smallCopies.js';

function reset() {
  while (live > 0) writeBacks[--live].array = null;
}

/** A plain array that a running call may write to, and the copy that holds its elements meanwhile. */
class WriteBack {
  /** @type {any} */
  array = null;
  /** Of the copy. */
  handle = 0;
  tag = 0;
  /** True if the array is a view of wasm's own memory (a buffer's `view`), which is detached when memory grows. */
  inWasm = false;
  /** Of the array, before the call. */
  byteOffset = 0;
  length = 0;
  /** The handle of the buffer whose memory it is, or 0. Also 0 once that buffer has ended. */
  owner = 0;
}

function newWriteBack() {
  whenReplaced(reset);
  setForget(forgetUnbegun);
  return (writeBacks[live] = new WriteBack());
}

/** The entries of the running calls, then unused ones, which are used again. @type {WriteBack[]} */
const writeBacks = [];
var live = 0;

/**
 * Copies a plain typed array into scratch memory, where the function can read and write it during this call. `copyBack` ends that.
 * @param {any} value
 * @param {number} tag
 * @param {number} ordinal
 * @param {import('./signatures.js').About} about
 * @param {number} index
 * @param {(value: any) => void} [check] Refuses an array that shares memory with another argument.
 */
export function copyForWriting(value, tag, ordinal, about, index, check) {
  if (arrayName(value) !== arrayNames[tag]) {
    // Elements of an Array could not be written back like these.
    const bytes = bytesOf(value, tag);
    if (bytes === undefined) throw wrongArgument(value, about, index);
    return copyForWriting(bytes, tag, ordinal, about, index, check);
  }
  check?.(value);
  // Before the copy, which may make memory grow.
  const byteOffset = offsetOf(value);
  const length = lengthOf(value);
  const inWasm = isInWasm(value);
  const owner = inWasm ? bufferAround(value) : 0;
  if (inWasm && owner === 0) throw new LendError('ERR_LEND_TYPE', `${place(about, index)} takes memory of one buffer; got a view of this package's memory that lies in none`);
  for (let i = 0; i < live; i++) if (sharesWith(writeBacks[i], value, inWasm)) throw overlap(about, index, false);
  const copy = (ordinal === 0 && copySmall(value, tag)) || copyToScratch(value, tag, ordinal, about, index);
  const entry = writeBacks[live] ?? newWriteBack();
  live += 1;
  entry.array = value;
  entry.handle = copy;
  entry.tag = tag;
  entry.inWasm = inWasm;
  entry.byteOffset = byteOffset;
  entry.length = length;
  entry.owner = owner;
  if (inWasm) watchEnds(forgetOwner);
  return copy;
}

/** A buffer has ended. Another may have its memory now, and its handle too. @param {number} handle */
function forgetOwner(handle) {
  for (let i = 0; i < live; i++) if (writeBacks[i].owner === handle) writeBacks[i].owner = 0;
}

/** The copies of calls that have not begun were used for another call. Those calls are refused, and their arrays keep their elements. */
function forgetUnbegun() {
  for (let i = 0; i < live; i++) if (wasm.lend_is_borrowed(writeBacks[i].handle) === 0) writeBacks[i].array = null;
}

/**
 * Copies the elements back after the call. Does nothing for a buffer, or for an array that was refused.
 * @param {unknown} _value
 * @param {number} handle What `copyForWriting` has returned, the handle of a buffer, or 0.
 */
export function copyBack(_value, handle) {
  let place = live - 1;
  while (place >= 0 && writeBacks[place].handle !== handle) place--;
  if (place < 0) return;
  const { array, tag, inWasm, byteOffset, length, owner } = writeBacks[place];
  // Also removes the entries above it. They are left from calls that failed before their copies were made.
  while (live > place) writeBacks[--live].array = null;
  if (live === 0) watchEnds(null);
  // The call has freed or moved the buffer, so somebody else may have its memory.
  if (poison !== null || array === null || (inWasm && (owner === 0 || wasm.lend_tag(owner) >>> 0 === NO_TAG))) return;
  const target = inWasm ? attached(array, tag, byteOffset, length) : array;
  // Shorter now if a callback has resized or transferred its buffer.
  const copied = Math.min(length, lengthOf(target));
  const source = heap(tag);
  const address = wasm.lend_address(handle) >>> 0;
  if (copied > FEW) write(target, new arrays[tag](source.buffer, address, copied));
  else for (let i = 0, start = address >>> shifts[tag]; i < copied; i++) target[i] = source[start + i];
  countCopied(copied * source.BYTES_PER_ELEMENT);
}

/**
 * Makes the check that refuses an array which has bytes in common with another argument of the call.
 * @param {any[]} others Earlier arguments, and the handles of earlier and later ones. An array has the handle 0, or that of its copy.
 * @param {import('./signatures.js').About} about @param {number} index
 */
export const apart = (others, about, index) => (/** @type {any} */ value) => {
  for (const other of others) {
    const array = arrayName(other) === undefined ? bytesOf(other, 0) : other;
    const shares = typeof other === 'number' ? other !== 0 && liesIn(value, other) : array !== undefined && overlaps(array, value);
    if (shares) throw overlap(about, index, true);
  }
};

/** @param {any} a @param {any} b Both arrays. */
const overlaps = (a, b) => isSame(bufferOf(a), bufferOf(b)) && meet(offsetOf(a), byteLengthOf(a), offsetOf(b), byteLengthOf(b));

/** True if an array is a view of a buffer's bytes. @param {any} array @param {number} handle */
function liesIn(array, handle) {
  return isInWasm(array) && meet(offsetOf(array), byteLengthOf(array), wasm.lend_address(handle) >>> 0, byteLength(handle));
}

/** True for two names of one memory, too: growth of shared memory makes another. @param {ArrayBufferLike} a @param {ArrayBufferLike} b */
const isSame = (a, b) => a === b || (isMemory(a) && isMemory(b));

/** @param {any} array A view of wasm's own memory. @returns {number} The handle of a buffer that it lies in, or 0. */
function bufferAround(array) {
  const start = offsetOf(array);
  const end = start + byteLengthOf(array);
  let handle = 0;
  while ((handle = wasm.lend_handle_after(handle) >>> 0) !== 0) {
    const address = wasm.lend_address(handle) >>> 0;
    if (address <= start && end <= address + byteLength(handle)) return handle;
  }
  return 0;
}

/** @param {number} handle */
const byteLength = (handle) => (wasm.lend_length(handle) >>> 0) * (arrays[(wasm.lend_tag(handle) >>> 0) & ~MUTABLE]?.BYTES_PER_ELEMENT ?? 0);

/**
 * True if an array has bytes in common with one that a running call writes to. Growing memory may have detached that one.
 * @param {WriteBack} entry @param {any} array @param {boolean} inWasm
 */
function sharesWith(entry, array, inWasm) {
  if (entry.inWasm && inWasm) return meet(entry.byteOffset, byteLength(entry.handle), offsetOf(array), byteLengthOf(array));
  return overlaps(entry.array, array);
}

/** True if two ranges of bytes have one in common. @param {number} start @param {number} length @param {number} otherStart @param {number} otherLength */
const meet = (start, length, otherStart, otherLength) => Math.max(start, otherStart) < Math.min(start + length, otherStart + otherLength);

/** @param {import('./signatures.js').About} about @param {number} index @param {boolean} sameCall */
function overlap(about, index, sameCall) {
  const [code, who] = sameCall
    ? ['ERR_LEND_ALIASED', 'another argument of this call']
    : ['ERR_LEND_BORROWED', 'a call that is still running'];
  return new LendError(code, `${place(about, index)} shares memory with ${who}, and one of the two is to be written to`);
}
