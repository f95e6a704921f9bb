// @ts-check
// Slices that are written to: of a plain typed array a copy is lent, and copied back after the call.

import { handle } from './handles.js';
import { arrayName, arrayNames, arrays, bufferOf, byteLengthOf, lengthOf, MUTABLE, offsetOf, shifts, write } from './elements.js';
import { attached, countCopied, FEW, notLendable } from './copies.js';
import { LendError } from './error.js';
import { heap, poison, wasm } from './memory.js';
import { place } from './signatures.js';
import { isInWasm, lend, noteView, rangeOfView, views } from './slices.js';

/** What snippets get for these. @param {object} runtime */
export const attachExclusive = (runtime) => void Object.assign(runtime, { $lendMut: lendMut, $copyBack: copyBack, $apart: apart });

/** An array that a call under way may write to, and where its elements are meanwhile. */
class Loan {
  /** @type {any} */
  array = null;
  /** Of the copy: by it the loan is found. */
  handle = 0;
  tag = 0;
  /** Whether the array is a view of wasm's own memory (a buffer's `view`), which growth detaches, and where it is there. */
  inWasm = false;
  byteOffset = 0;
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
 * @param {any[]} [others] Earlier arguments that are buffers or arrays too, of those that are given away the handles.
 */
export function lendMut(value, tag, ordinal, name, index, others) {
  if (arrayName(value) !== arrayNames[tag]) return lendBuffer(value, name, index, others);
  // Before `lend`, in which memory may grow.
  const byteOffset = offsetOf(value);
  const inWasm = isInWasm(value);
  if (others !== undefined) apart(others, name, index)(value);
  else if (inWasm) noteView(value);
  for (let i = 0; i < live; i++) {
    if (others?.includes(loans[i].array) !== true && overlaps(loans[i].array, value)) throw overlap(name, index, false);
  }
  const lent = lend(value, tag, ordinal, name, index);
  const loan = loans[live] ?? (loans[live] = new Loan());
  live += 1;
  loan.array = value;
  loan.handle = lent;
  loan.tag = tag;
  loan.inWasm = inWasm;
  loan.byteOffset = byteOffset;
  return lent;
}

/**
 * A buffer that comes after a view of wasm's own memory.
 * @param {unknown} value @param {string} name @param {number} index @param {any[]} [others]
 */
function lendBuffer(value, name, index, others) {
  const held = handle(value);
  if (held === 0) throw notLendable(value, name, index);
  if (others !== undefined) apart(others, name, index)(value);
  return held;
}

/**
 * Copies the elements back and ends the loan; does nothing for what is no loan, such as a buffer, or an array that was not lent
 * in the end.
 * @param {unknown} _value
 * @param {number} handle What `lendMut` has returned, or the handle of a buffer, or 0.
 */
export function copyBack(_value, handle) {
  let place = live - 1;
  while (place >= 0 && loans[place].handle !== handle) place--;
  if (place < 0) return;
  const { array, tag, inWasm, byteOffset } = loans[place];
  // With any above it, which a call has left that has not come so far.
  while (live > place) loans[--live].array = null;
  if (poison !== null) return;
  // As it was read, then.
  const length = wasm.lend_length(handle) >>> 0;
  const target = inWasm ? attached(array, tag, byteOffset, length) : array;
  // Shorter than it was if a callback has resized its buffer, or transferred it away.
  const copied = Math.min(length, lengthOf(target));
  const source = heap(tag);
  const address = wasm.lend_address(handle) >>> 0;
  if (copied > FEW) write(target, new arrays[tag](source.buffer, address, copied));
  else for (let i = 0, start = address >>> shifts[tag]; i < copied; i++) target[i] = source[start + i];
  countCopied(copied * source.BYTES_PER_ELEMENT);
}

/**
 * What refuses an argument that has bytes in common with an earlier one of the call.
 * @param {any[]} others @param {string} name @param {number} index
 */
export const apart = (others, name, index) => (/** @type {any} */ value) => {
  for (const other of others) if (share(other, value)) throw overlap(name, index, true);
  if (isArray(value)) noteView(value);
  // So that buffers of later calls are taken as they are again.
  else if (views.lent && live === 0 && !others.some(rangeOfView)) views.lent = false;
};

/** @param {any} value */
const isArray = (value) => arrayName(value) !== undefined;

/** Whether two arguments have bytes in common, of which one at least is an array: two buffers Rust compares. @param {any} one @param {any} other */
function share(one, other) {
  if (!isArray(one)) return isArray(other) && lies(other, one);
  return isArray(other) ? overlaps(one, other) : lies(one, other);
}

/** @param {any} a @param {any} b Both arrays. */
function overlaps(a, b) {
  const range = views.lent ? rangeOfView(a) : undefined;
  const other = range && rangeOfView(b);
  // Growth has taken its `ArrayBuffer` from one of them, perhaps.
  if (range && other) return meet(...range, ...other);
  if (bufferOf(a) !== bufferOf(b)) return false;
  const [startOfA, startOfB] = [offsetOf(a), offsetOf(b)];
  return meet(startOfA, startOfA + byteLengthOf(a), startOfB, startOfB + byteLengthOf(b));
}

/** Whether an array is a view of bytes that a buffer has. @param {any} array @param {any} buffer Or its handle; or anything else. */
function lies(array, buffer) {
  const held = typeof buffer === 'number' ? buffer : handle(buffer);
  const type = held === 0 ? undefined : arrays[(wasm.lend_shape(held) >>> 0) & ~MUTABLE];
  if (type === undefined) return false;
  noteView(array);
  const range = rangeOfView(array);
  const start = wasm.lend_address(held) >>> 0;
  return range !== undefined && meet(...range, start, start + (wasm.lend_length(held) >>> 0) * type.BYTES_PER_ELEMENT);
}

/** Whether two ranges of bytes have one in common. @param {number} start @param {number} end @param {number} otherStart @param {number} otherEnd */
const meet = (start, end, otherStart, otherEnd) => Math.max(start, otherStart) < Math.min(end, otherEnd);

/** @param {string} name @param {number} index @param {boolean} sameCall */
function overlap(name, index, sameCall) {
  const [code, who] = sameCall
    ? ['ERR_LEND_ALIASED', 'another argument of this call']
    : ['ERR_LEND_BORROWED', 'a call that is still running'];
  return new LendError(code, `${place(name, index)} shares memory with ${who}, and one of the two is to be written to`);
}
