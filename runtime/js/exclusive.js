// @ts-check
// Slices that are written to: of a plain typed array a copy is lent, and copied back after the call.

import { isHere } from './handles.js';
import { arrayName, arrayNames, arrays, lengthOf, offsetOf, shifts } from './elements.js';
import { attached, countCopied, notLendable } from './copies.js';
import { LendError } from './error.js';
import { heap, poison, wasm } from './memory.js';
import { place } from './signatures.js';
import { lend } from './slices.js';

/** What snippets get for these. @param {object} runtime */
export const attachExclusive = (runtime) => void Object.assign(runtime, { $lendMut: lendMut, $copyBack: copyBack, $apart: apart });

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
  const handle = lend(value, tag, ordinal, name, index, others && apart(others, name, index));
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
  if (isHere(value) || handle === 0) return;
  live -= 1;
  const { array, tag, inWasm, byteOffset, length } = loans[live];
  loans[live].array = null;
  if (poison !== null) return;
  const start = wasm.lend_address(handle) >>> shifts[tag];
  const source = heap(tag);
  const target = inWasm ? attached(array, tag, byteOffset, length) : array;
  // Shorter than it was if a callback has resized its buffer, or transferred it away.
  const copied = Math.min(length, lengthOf(target));
  if (copied > 0) target.set(source.subarray(start, start + copied));
  countCopied(copied * source.BYTES_PER_ELEMENT);
}

/**
 * What refuses an array that overlaps another argument of the call.
 * @param {any[]} others @param {string} name @param {number} index
 */
const apart = (others, name, index) => (/** @type {any} */ value) => {
  for (const other of others) {
    if (arrayName(other) !== undefined && overlaps(other, value)) throw overlap(name, index, true);
  }
};

/** @param {any} a @param {any} b */
function overlaps(a, b) {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

/** @param {string} name @param {number} index @param {boolean} sameCall */
function overlap(name, index, sameCall) {
  const [code, who] = sameCall
    ? ['ERR_LEND_ALIASED', 'another argument of this call']
    : ['ERR_LEND_BORROWED', 'a call that is still running'];
  return new LendError(code, `${place(name, index)} shares memory with ${who}, and one of the two is to be written to`);
}
