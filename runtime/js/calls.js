// @ts-check
// Rust calls functions of JavaScript. Each argument is one number, and so is the result. Their kinds are in four bits each, the result's first.
// `runtime/src/object/pass.rs` has the same kinds.

import './glueCodecs.js';
import { mutable, readOnly } from './buffers.js';
import { describe, LendError } from './error.js';
import { end, EXPIRED, handle } from './handles.js';
import { heap } from './heap.js';
import { poison } from './memory.js';
import { at, own } from './objects.js';
import { afterTrap } from './poison.js';
import { CODES } from './refusalErrors.js';
import { place, remembered } from './signatures.js';
import { decode, textForRust } from './text.js';

const NUMBER = 0;
const UNIT = 1;
const BOOL = 2;
const OBJECT = 3;
const TEXT = 4;
const READ_ONLY = 5;
const MUTABLE = 6;
const VALUE = 7;
const LENT = 8;
const GIVEN = 9;

/** What the last call has thrown. @type {{ error: unknown } | null} */
let thrown = null;

/** The last result, if it had the wrong type. @type {{ kind: number, value: unknown } | null} */
let mismatched = null;

/** @param {unknown} error @returns {number} */
export function threw(error) {
  const instead = afterTrap(error);
  // An instance that has ended must not go on.
  if (poison !== null) throw instead;
  thrown = { error: instead };
  return NaN;
}

/** Called from wasm. @returns {number} An index, or -1. */
export function takeThrown() {
  if (thrown === null) return -1;
  const { error } = thrown;
  thrown = null;
  return own(error);
}

/** A value that Rust passes, and that is no slice. @param {number} kind @param {number} payload @returns {unknown} */
export function value(kind, payload) {
  switch (kind) {
    case NUMBER:
      return payload;
    case BOOL:
      return payload !== 0;
    case OBJECT:
      return at(payload);
    case VALUE:
      if (payload < 0) throw at(~payload);
      return at(payload);
    case TEXT: {
      const words = heap(4);
      return decode(words[payload >>> 2], words[(payload >>> 2) + 1]);
    }
    default:
      return undefined;
  }
}

/** True for a slice, which crosses as a temporary buffer. @param {number} kind */
const isTemporary = (kind) => kind === READ_ONLY || kind === MUTABLE || kind === LENT;

/** @param {number} kind @param {number} payload @returns {unknown} A value that Rust passes. The caller expires temporary buffers. */
const passed = (kind, payload) => (kind >= LENT ? instance(kind, payload) : isTemporary(kind) ? temporaryBuffer(payload >>> 0, payload / 0x100000000 | 0, kind === MUTABLE) : value(kind, payload));

/**
 * Runs an operation with a value that Rust passes.
 * @template R @param {number} kind @param {number} payload @param {(value: any) => R} operation @returns {R}
 */
export function withValue(kind, payload, operation) {
  const value = passed(kind, payload);
  try {
    return operation(value);
  } finally {
    if (isTemporary(kind)) expire(value, kind, payload);
  }
}

/** The result as Rust gets it. @param {number} kind @param {any} result @returns {number} */
function answer(kind, result) {
  switch (kind) {
    case UNIT:
      return 0;
    case NUMBER:
      return typeof result === 'number' ? result : mismatch(kind, result);
    case BOOL:
      return typeof result === 'boolean' ? Number(result) : mismatch(kind, result);
    case TEXT:
      return typeof result === 'string' ? textForRust(result) : mismatch(kind, result);
    default:
      return own(result);
  }
}

/** @param {number} kind @param {unknown} value */
function mismatch(kind, value) {
  mismatched = { kind, value };
  return NaN;
}

/** @param {number} index @param {number} receiver @param {number} kinds @param {number[]} payloads @returns {number} */
const call = (index, receiver, kinds, ...payloads) => callWith(index, receiver, kinds & 15, (i) => (kinds >>> (4 * i + 4)) & 15, payloads);

/**
 * Called from wasm: a call with more arguments than `kinds` has bits for.
 * @param {number} index @param {number} receiver @param {number} result @param {number} count @param {number} address Of a kind and a payload for each.
 */
export function callMany(index, receiver, result, count, address) {
  const numbers = heap(9).slice(address >>> 3, (address >>> 3) + 2 * count);
  return callWith(index, receiver, result, (i) => numbers[2 * i], Array.from({ length: count }, (_, i) => numbers[2 * i + 1]));
}

/** @param {number} index @param {number} receiver @param {number} result @param {(i: number) => number} kind @param {number[]} payloads @returns {number} */
function callWith(index, receiver, result, kind, payloads) {
  /** @type {unknown[]} */
  const values = [];
  try {
    for (let i = 0; i < payloads.length; i++) values.push(passed(kind(i), payloads[i]));
    const f = at(index);
    return answer(result, receiver === 0 ? f(...values) : Reflect.apply(f, at(receiver), values));
  } catch (error) {
    // What JavaScript has been given is its own, even if the call was not made.
    for (let i = values.length + 1; i < payloads.length; i++) if (kind(i) === GIVEN && payloads[i] >>> 0 !== 0) passed(GIVEN, payloads[i]);
    return threw(error);
  } finally {
    for (let i = 0; i < values.length; i++) if (isTemporary(kind(i))) expire(values[i], kind(i), payloads[i]);
  }
}

// Called from wasm. Calls with numbers alone make no list.

/** @param {number} index @param {number} receiver @param {number} kinds */
export function call0(index, receiver, kinds) {
  if (receiver !== 0) return call(index, receiver, kinds);
  try {
    return answer(kinds, at(index)());
  } catch (error) {
    return threw(error);
  }
}

/** @param {number} index @param {number} receiver @param {number} kinds @param {number} a */
export function call1(index, receiver, kinds, a) {
  if (kinds > 15 && kinds >>> 4 !== OBJECT || receiver !== 0) return kinds >>> 4 >= LENT && receiver === 0 ? callWithInstance(index, kinds >>> 4, kinds & 15, a) : call(index, receiver, kinds, a);
  try {
    return answer(kinds & 15, at(index)(kinds > 15 ? at(a) : a));
  } catch (error) {
    return threw(error);
  }
}

/** @param {number} index @param {number} receiver @param {number} kinds @param {number} a @param {number} b */
export function call2(index, receiver, kinds, a, b) {
  if (kinds > 15 || receiver !== 0) return call(index, receiver, kinds, a, b);
  try {
    return answer(kinds, at(index)(a, b));
  } catch (error) {
    return threw(error);
  }
}

/** @param {number} index @param {number} receiver @param {number} kinds @param {number} a @param {number} b @param {number} c */
export function call3(index, receiver, kinds, a, b, c) {
  if (kinds > 15 || receiver !== 0) return call(index, receiver, kinds, a, b, c);
  try {
    return answer(kinds, at(index)(a, b, c));
  } catch (error) {
    return threw(error);
  }
}

export { call as call4, call as call5, call as call6 };

/** What the result of a callback has to be, by kind. */
const EXPECTED = ['a number', 'nothing', 'true or false', 'a value', 'a string'];

/** Called from wasm. @param {string} name @param {number} index @returns {number} An index, or -1. */
export function callbackFailed(name, index) {
  if (mismatched === null) return takeThrown();
  const { kind, value } = mismatched;
  mismatched = null;
  return own(new LendError('ERR_LEND_TYPE', `${place(remembered(name), index)}: its result has to be ${EXPECTED[kind]}; got ${describe(value)}`));
}

/** Called from wasm. @param {string} name @param {number} index @param {string} message @param {number} code */
export function callbackRefused(name, index, message, code) {
  return own(new LendError(CODES[code], `${place(remembered(name), index)}: its result: ${message}`));
}

/** Called from wasm. @param {string} message @param {number} code */
export const parameterError = (message, code) => new LendError(CODES[code], `a callback: its argument ${message}`);

/** Makes a temporary buffer over a slice of Rust, for the length of one call. @param {number} handle @param {number} tag @param {boolean} isMutable */
function temporaryBuffer(handle, tag, isMutable) {
  if (handle === 0) throw new LendError('ERR_LEND_OOM', 'a callback: no handle is left for the buffer that it would be lent');
  return isMutable ? mutable(handle, tag, true) : readOnly(handle, tag, true);
}

/** Makes an instance, perhaps for the length of a call, and ends it. Set by lentInstances.js. @type {(handle: number, tag: number, isLent: boolean) => any} */
let lend;
/** @type {(value: any, tag: number) => void} */
let expireInstance;

/** @param {typeof lend} make @param {typeof expireInstance} expire */
export function setLender(make, expire) {
  lend = make;
  expireInstance = expire;
}

/** @param {number} kind @param {number} payload The tag of a class, and a handle. */
function instance(kind, payload) {
  if (payload >>> 0 === 0) throw new LendError('ERR_LEND_OOM', 'a callback: no handle is left for the instance that it would get');
  return lend(payload >>> 0, payload / 0x100000000 | 0, kind === LENT);
}

/** A call with one instance: it makes no list. @param {number} index @param {number} kind @param {number} result @param {number} payload */
function callWithInstance(index, kind, result, payload) {
  let value;
  try {
    value = instance(kind, payload);
    return answer(result, at(index)(value));
  } catch (error) {
    return threw(error);
  } finally {
    if (kind === LENT && value !== undefined) expireInstance(value, payload / 0x100000000 | 0);
  }
}

/** The callback has returned. @param {any} value @param {number} kind @param {number} payload */
function expire(value, kind, payload) {
  if (kind === LENT) expireInstance(value, payload / 0x100000000 | 0);
  else if (handle(value) !== 0) end(value, EXPIRED);
}
