// @ts-check
// Scalars that are not plain numbers.

import { heap } from './heap.js';
import { returned } from './memory.js';

/** True for a string of one Unicode character. Half of a surrogate pair is not a character. @param {unknown} value */
export function isChar(value) {
  if (typeof value !== 'string') return false;
  const code = value.codePointAt(0) ?? 0;
  return value.length === 1 ? code < 0xd800 || code > 0xdfff : value.length === 2 && code > 0xffff;
}

/**
 * The result of 128 bits of the last call.
 * @param {bigint} low The lower half. @param {number} tag The element tag of the upper half: unsigned or signed.
 */
export const wide = (low, tag) => (heap(tag)[(returned >>> 1) + 1] << 64n) | BigInt.asUintN(64, low);

/** True if the last call has returned `None`. */
export const absent = () => heap(4)[returned] === 0;
