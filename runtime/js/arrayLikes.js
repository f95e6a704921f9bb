// @ts-check
// What callers pass in place of a typed array: the pixels of a canvas, an ArrayBuffer or DataView for bytes, an Array of numbers.

import { counts, forgetUnbegun, wrongArgument } from './copies.js';
import { arrayName, arrayNames, arrays, FIRST_RECORD, isLost } from './elements.js';
import { describe, isArray, LendError, readingThrew } from './error.js';
import { isMemory } from './heap.js';
import { mark, replaced } from './memory.js';
import { place } from './signatures.js';

/** The element tags of bytes: `u8` and `Clamped<u8>`. */
const BYTES = [0, 10];

const { toString } = Object.prototype;
const BUFFERS = /(ArrayBuffer|DataView)\]$/;

/**
 * A view of the same bytes.
 * @param {any} value @param {number} tag
 * @returns {any} A typed array of this element type; undefined if the value has no bytes, or not of this type.
 */
export function bytesOf(value, tag) {
  if (!BYTES.includes(tag) || typeof value !== 'object') return undefined;
  try {
    const name = arrayName(value);
    if (name === undefined ? !BUFFERS.test(toString.call(value)) : !BYTES.some((tag) => name === arrayNames[tag]) || isLost(value)) return undefined;
    const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(value) ? value : { buffer: value };
    // All of wasm's memory, or a part that nobody has named: a buffer's `view` is a typed array.
    if (name === undefined && isMemory(buffer)) return undefined;
    const view = new arrays[tag](buffer, byteOffset, byteLength);
    // Of anything else the constructor makes a copy.
    return view.buffer === buffer ? view : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A typed array with what a caller has passed in place of one. An Array's items are checked one by one.
 * @param {any} value @param {number} tag @param {() => string} where
 * @returns {any} Undefined if the value is nothing of that kind.
 */
export function likeArray(value, tag, where) {
  return isArray(value) && tag < FIRST_RECORD ? arrayOfItems(value, tag, where) : bytesOf(value, tag);
}

/**
 * The same for an argument, or an error.
 * @param {any} value @param {number} tag @param {import('./signatures.js').About} about @param {number} index
 */
export function arrayFor(value, tag, about, index) {
  const [uses, before] = [counts.uses, mark];
  const array = likeArray(value, tag, () => place(about, index));
  if (array === undefined) throw wrongArgument(value, about, index);
  if (mark !== before) throw replaced(`${place(about, index)}: an earlier argument belongs`);
  // The other arguments may be in scratch memory already, which a call from a getter has used again.
  if (counts.uses === uses) return array;
  forgetUnbegun();
  throw new LendError('ERR_LEND_BORROWED', `${place(about, index)} cannot be read: a getter in it calls a function of this package`);
}

/** @param {any[]} list @param {number} tag @param {() => string} where */
function arrayOfItems(list, tag, where) {
  const array = reading(where, () => new arrays[tag](+list.length));
  for (let i = 0; i < array.length; i++) {
    const item = reading(() => `${where()} [${i}]`, () => list[i]);
    const isOfType = typeof item === typeof array[i];
    if (isOfType) array[i] = item;
    // Floats and clamped bytes take any number.
    if (isOfType && (array[i] === item || arrays[tag].name.startsWith('Float') || tag === BYTES[1])) continue;
    throw new LendError(isOfType ? 'ERR_LEND_RANGE' : 'ERR_LEND_TYPE', `${where()} [${i}] takes an element of a ${arrayNames[tag]}; got ${describe(item)}`);
  }
  return array;
}

/** @param {() => string} where @param {() => any} read May run a getter. */
function reading(where, read) {
  try {
    return read();
  } catch (error) {
    throw readingThrew(where(), error);
  }
}
