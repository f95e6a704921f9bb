// @ts-check
// The error class, and the description of values in messages.

import { arrayName, lengthOf, lossOf } from './elements.js';
import { isBuffer } from './instanceMark.js';

/**
 * What wasm-lend throws. `code` is stable; the message is for people.
 */
export class LendError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    /** @readonly */
    this.code = code;
  }

  get name() {
    return 'LendError';
  }
}

/** @param {unknown} value @returns {string} The value, as a message names it. */
export function describe(value) {
  switch (typeof value) {
    case 'string':
      return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
    case 'bigint':
      return `the BigInt ${value}n`;
    case 'number':
    case 'boolean':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'symbol':
      return 'a symbol';
    case 'function':
      return describeFunction(value);
    case 'object':
      return describeObject(value);
    default:
      return 'undefined';
  }
}

/** @param {unknown} value @returns {value is any[]} False for a revoked Proxy, where `Array.isArray` throws. */
export function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * The error for a value that cannot be read, because a getter, a Proxy or an iterator has thrown.
 * @param {string} where @param {unknown} cause
 */
export function readingThrew(where, cause) {
  let words;
  try {
    words = cause instanceof Error ? `${cause.name}: ${cause.message}` : describe(cause);
  } catch {
    words = 'an error';
  }
  return new LendError('ERR_LEND_TYPE', `${where} cannot be read; it has thrown ${words}`, { cause });
}

/** @param {Function} value */
function describeFunction(value) {
  try {
    return typeof value.name === 'string' && value.name !== '' ? `the function ${value.name}` : 'a function';
  } catch {
    return 'a function';
  }
}

/** @param {object | null} value */
function describeObject(value) {
  if (value === null) return 'null';
  try {
    if (isBuffer(value)) {
      const text = String(value);
      return /^a .*Buffer</.test(text) ? text : 'an object that claims to be a buffer';
    }
    if (Array.isArray(value)) return `a plain Array of length ${value.length}`;
    const array = arrayName(value);
    if (array !== undefined) {
      const length = lengthOf(/** @type {any} */ (value));
      return `a ${array} ${(length === 0 && lossOf(/** @type {any} */ (value))) || `of length ${length}`}`;
    }
    const name = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === 'string' && name !== 'Object' && name !== '' ? `an object of class ${name}` : 'a plain object';
  } catch {
    // A Proxy or getter has thrown. The error at hand is reported all the same.
    return 'an object';
  }
}
