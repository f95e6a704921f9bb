// @ts-check
// The error for a number, string or function that a function does not take. The shim has tested them all at once, and finds here which it was.

import { describe, LendError } from './error.js';
import { codeOf, fromCaller, orAbsent, place } from './signatures.js';

/** @typedef {import('./signatures.js').About} About */

/**
 * By the code of a parameter: what it takes in words, the `typeof` of that, and a test of such a value.
 * @type {Record<string, [string, string, ((value: any) => boolean)?]>}
 */
const KINDS = {
  b: ['true or false', 'boolean'],
  c: ['a string of one character', 'string', (value) => /^.$/su.test(value) && !/^[\ud800-\udfff]$/u.test(value)],
  d: ['a number of milliseconds, from 0 to below 2 ** 64', 'number', (value) => value >= 0 && value < 2 ** 64],
  f: ['a function', 'function'],
  n: ['a number', 'number'],
  t: ['a string', 'string'],
};

/**
 * Finds the first scalar, string or function of a call that its parameter does not take. The shim has found that there is one.
 * @param {About} about
 * @param {...unknown} values The call's arguments.
 * @returns {never}
 */
export function reject(about, ...values) {
  const index = values.findIndex((value, index) => !isValid(about, index, value));
  const { isOptional, kind, rest } = codeOf(about, index);
  const [words, type] = kindOf(kind, rest);
  const value = values[index];
  // Of the right type, and still not taken.
  const code = typeof value === type ? 'ERR_LEND_RANGE' : 'ERR_LEND_TYPE';
  throw fromCaller(about, new LendError(code, `${place(about, index)} takes ${orAbsent(isOptional, words)}; got ${describe(value)}`));
}

/**
 * Tests an argument again as its shim has tested it.
 * @param {About} about @param {number} index @param {any} value
 * @returns {boolean} True for all other kinds too.
 */
function isValid(about, index, value) {
  const { isOptional, kind, rest } = codeOf(about, index);
  if (isOptional && value == null) return true;
  const [, type, test] = kindOf(kind, rest) ?? [];
  return type === undefined || (typeof value === type && (test === undefined || test(value)));
}

/** @param {string} kind @param {string} rest */
export function kindOf(kind, rest) {
  // The floats are 8 and 9. Signed types have odd tags.
  const tag = Number(rest);
  if (kind === 'U' || kind === 'I') return whole(128, kind === 'I');
  return kind === 'n' && tag < 8 ? whole(8 << (tag >> 1), tag % 2 === 1) : KINDS[kind];
}

/** Whole numbers, which are BigInts above 32 bits. @param {number} bits @param {boolean} isSigned @returns {typeof KINDS['b']} */
function whole(bits, isSigned) {
  const size = 2n ** BigInt(bits);
  const [low, high] = isSigned ? [-size / 2n, size / 2n - 1n] : [0n, size - 1n];
  const isIn = (/** @type {any} */ value) => value >= low && value <= high;
  return bits > 32
    ? [`a BigInt from ${low}n to ${high}n`, 'bigint', isIn]
    : [`a whole number from ${low} to ${high}`, 'number', (value) => isIn(value) && value % 1 === 0];
}
