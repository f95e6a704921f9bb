// @ts-check
// Operations on values that Rust has by index. All are called from wasm. A status is a number from 0 on, or the complement of the index of what
// was thrown.

import { threw, value, withValue } from './calls.js';
import { describe, LendError } from './error.js';
import { collector } from './host.js';
import { poison } from './memory.js';
import { at, own } from './objects.js';
import { afterTrap } from './poison.js';
import { decode, textForRust } from './text.js';

/** @param {() => number} operation @returns {number} */
function status(operation) {
  try {
    return operation();
  } catch (error) {
    const thrown = afterTrap(error);
    if (poison !== null) throw thrown;
    return ~own(thrown);
  }
}

/** In the order of `JsType` in `runtime/src/object/operations.rs`. */
const TYPES = { undefined: 0, boolean: 2, number: 3, bigint: 4, string: 5, symbol: 6, function: 7, object: 8 };

/** @param {number} index */
export function typeOf(index) {
  const value = at(index);
  return value === null ? 1 : TYPES[typeof value];
}

/** @param {number} index */
export const isFunction = (index) => Number(typeof at(index) === 'function');

/** @param {number} index */
export const isArray = (index) => Number(Array.isArray(at(index)));

/** @param {number} index @param {number} address @param {number} length */
export const get = (index, address, length) => status(() => own(at(index)[decode(address >>> 0, length)]));

/** @param {number} index @param {number} position */
export const getIndex = (index, position) => status(() => own(at(index)[position >>> 0]));

/** @param {number} index @param {number} key */
export const getBy = (index, key) => status(() => own(at(index)[at(key)]));

/** @param {number} index @param {number} address @param {number} length @param {number} kind @param {number} payload */
export const set = (index, address, length, kind, payload) => status(() => withValue(kind, payload, (value) => {
  at(index)[decode(address >>> 0, length)] = value;
  return 0;
}));

/** @param {number} index @param {number} position @param {number} kind @param {number} payload */
export const setIndex = (index, position, kind, payload) => status(() => withValue(kind, payload, (value) => {
  at(index)[position >>> 0] = value;
  return 0;
}));

/** @param {number} index @param {number} address @param {number} length */
export const has = (index, address, length) => status(() => Number(decode(address >>> 0, length) in at(index)));

/** @param {number} index @param {number} address @param {number} length */
export const remove = (index, address, length) => status(() => {
  delete at(index)[decode(address >>> 0, length)];
  return 0;
});

/** @param {number} index */
export const keys = (index) => status(() => own(Object.keys(at(index))));

/** A function that calls `new`. @param {number} index */
export const constructorOf = (index) => status(() => {
  const Class = at(index);
  return own((/** @type {unknown[]} */ ...args) => new Class(...args));
});

/** @param {number} index @param {number} type */
export const instanceOf = (index, type) => status(() => Number(at(index) instanceof at(type)));

/** NaN if the value is no number. @param {number} index */
export function number(index) {
  const value = at(index);
  return typeof value === 'number' ? value : NaN;
}

/** @param {number} index */
export function bool(index) {
  const value = at(index);
  return typeof value === 'boolean' ? Number(value) : 2;
}

/** -1 if the value is no string. @param {number} index */
export function string(index) {
  const value = at(index);
  return typeof value === 'string' ? textForRust(value) : -1;
}

/** NaN if `Number()` throws: `takeThrown` has the exception then. @param {number} index */
export function toNumber(index) {
  try {
    return Number(at(index));
  } catch (error) {
    return threw(error);
  }
}

/** @param {number} index */
export const toBool = (index) => Number(Boolean(at(index)));

/** @param {number} index */
export const toText = (index) => status(() => own(String(at(index))));

/** @param {number} one @param {number} other */
export const equals = (one, other) => Number(at(one) === at(other));

/** @param {number} one @param {number} other */
export const isSame = (one, other) => Number(Object.is(at(one), at(other)));

/** @param {number} index */
export const describeObject = (index) => textForRust(describe(at(index)));

/** @param {number} index */
export function display(index) {
  try {
    return textForRust(String(at(index)));
  } catch {
    return textForRust(describe(at(index)));
  }
}

/** Runs closures of Rust when their values were collected. */
const collected = /* @__PURE__ */ collector((/** @type {() => void} */ f) => {
  if (poison === null) f();
});

/** @param {number} index @param {number} f */
export const onCollected = (index, f) => status(() => {
  const value = at(index);
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
    throw new LendError('ERR_LEND_TYPE', `on_release() takes an object, which can be collected; got ${describe(value)}`);
  }
  collected.register(value, at(f));
  return 0;
});

/** @param {number} which */
export const newObject = (which) => own([{}, [], globalThis][which]);

/** @param {number} kind @param {number} payload */
export const objectOf = (kind, payload) => own(value(kind, payload));

/** @param {number} index */
export const clone = (index) => own(at(index));

/** @param {number} index */
export const valueOf = (index) => at(index);

/** @param {unknown} value */
export const indexOf = (value) => own(value);

