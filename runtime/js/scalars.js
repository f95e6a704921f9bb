// @ts-check
// Scalars that are no plain numbers.

import { heap, returned } from './memory.js';

/** True for a string of one character that UTF-8 has: not of half a surrogate pair. @param {unknown} value */
function isChar(value) {
  if (typeof value !== 'string') return false;
  const code = value.codePointAt(0) ?? 0;
  return value.length === 1 ? code < 0xd800 || code > 0xdfff : value.length === 2 && code > 0xffff;
}

/**
 * A number of 128 bits.
 * @param {bigint} low @param {number} tag That of its upper half: unsigned or signed.
 */
const wide = (low, tag) => (heap(tag)[(returned >>> 1) + 1] << 64n) | BigInt.asUintN(64, low);

/** True if the last call returned `None`. */
const absent = () => heap(4)[returned] === 0;

/** @param {object} runtime */
export const attachScalars = (runtime) => void Object.assign(runtime, { $isChar: isChar, $wide: wide, $absent: absent });
