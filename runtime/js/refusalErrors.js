// @ts-check
// The errors for refused arguments and results. refusal.js says when they are thrown.

import { className, describeBuffer } from './displayNames.js';
import { LendError } from './error.js';
import { expected } from './expectedElements.js';
import { textAt, wasm, whenReplaced } from './memory.js';
import { placeOf, RESULT } from './refusal.js';
import { place, remembered } from './signatures.js';
import { layoutOf } from './subBuffers.js';

/** @typedef {import('./signatures.js').About} About */

/** The codes that Rust chooses from, by its numbers for them. */
export const CODES = ['ERR_LEND_TYPE', 'ERR_LEND_RANGE', 'ERR_LEND_RELEASED', 'ERR_LEND_MOVED', 'ERR_LEND_BORROWED', 'ERR_LEND_OOM'];

/** `Fault` of `runtime/src/fault.rs`. The other numbers mean that no memory or no handle is left. */
const FAULTS = Object.freeze({ STALE: 0, TYPE: 1, BORROWED: 2, CONVERSION: 4, CHANGED: 6, TEMPORARY: 7, LENGTH: 8, ALIASED: 9 });

/** The index of a buffer that the function has returned: `ITS_RESULT` of `runtime/src/call_site.rs`. */
const ITS_RESULT = 0xfffffffe;

/** The message of Rust for the next refusal of a value. */
let explanation = '';
let explanationCode = 0;
/** What a getter has thrown, if that is why the value is refused. @type {unknown} */
let explanationCause;

/** @param {string} message @param {number} code @param {unknown} cause */
export function setExplanation(message, code, cause) {
  explanation = message;
  explanationCode = code;
  explanationCause = cause;
}

/** The call site that holds the buffer of the next refusal, where the build knows it; else ''. */
let callSite = '';
/** True if Rust owns the buffer since that call. */
let isOwnedSince = false;

/**
 * Called from wasm before a refusal.
 * @param {number} address Of the name of a function. @param {number} length @param {number} index @param {number} isOwned
 */
export function nameHolder(address, length, index, isOwned) {
  whenReplaced(forgetCallSite);
  const name = textAt(address, length);
  const result = index >>> 0 === RESULT ? `${name}()` : `a buffer that ${name}() has returned`;
  callSite = index >>> 0 >= ITS_RESULT ? result : place(remembered(name), index);
  isOwnedSince = isOwned !== 0;
}

const forgetCallSite = () => void (callSite = '');

/** @returns {string} */
function takeCallSite() {
  const taken = callSite;
  callSite = '';
  return taken;
}

/**
 * @param {About} about The function. @param {number[]} handles Of its arguments. @param {number} index The refused one, or RESULT.
 * @param {number} fault @param {number} handle The one that was refused.
 */
export function refusalError(about, handles, index, fault, handle) {
  const where = placeOf(about, index);
  switch (fault) {
    case FAULTS.STALE:
      return new LendError('ERR_LEND_MOVED', `${where}: the ${where.includes('`this: ') ? 'instance' : 'buffer'} was moved into Rust by a call that is still running`);
    case FAULTS.TYPE: {
      const length = wasm.lend_length(handle) >>> 0;
      const [lengths] = layoutOf(handle, length);
      const shape = lengths.length === 1 ? '' : ` and shape [${lengths.join(', ')}]`;
      const got = describeBuffer(wasm.lend_tag(handle) >>> 0, length) + shape;
      return new LendError('ERR_LEND_TYPE', `${where} takes ${expected(about, index)}; got ${got}`);
    }
    case FAULTS.BORROWED: {
      // What is taken as a value comes last, and its handle is not among these.
      const earlier = handles[index] ? handles.slice(0, index) : handles;
      if (!earlier.some((other) => wasm.lend_overlap(other, handle) !== 0)) return borrowed(where, handle);
    }
    // falls through
    case FAULTS.ALIASED:
      forgetCallSite();
      return new LendError(
        'ERR_LEND_ALIASED',
        `${where}: the ${className(wasm.lend_tag(handle) >>> 0) ?? 'buffer, or a part of it,'} is another argument of this call too, and one of the two needs it for itself`,
      );
    case FAULTS.CHANGED:
      return new LendError(
        'ERR_LEND_CHANGED',
        `${where}: JavaScript has written to this read-only buffer since the call of ${takeCallSite()}; Rust relies on its not changing`,
      );
    case FAULTS.TEMPORARY:
      return new LendError('ERR_LEND_BORROWED', `${where}: the ${className(wasm.lend_tag(handle) >>> 0) ?? 'buffer'} is lent to a callback, until that returns, and Rust cannot keep it`);
    case FAULTS.LENGTH:
      return new LendError('ERR_LEND_RANGE', `${where} takes ${expected(about, index)}; got one of length ${wasm.lend_length(handle) >>> 0}`);
    case FAULTS.CONVERSION: {
      const cause = explanationCause;
      explanationCause = undefined;
      return new LendError(CODES[explanationCode], `${where} ${explanation}`, cause === undefined ? undefined : { cause });
    }
    default:
      return new LendError('ERR_LEND_OOM', `${where}: no memory or no handle is left`);
  }
}

/** @param {string} where @param {number} handle */
function borrowed(where, handle) {
  const by = takeCallSite();
  const name = className(wasm.lend_tag(handle) >>> 0);
  if (name !== undefined) return new LendError('ERR_LEND_BORROWED', `${where}: the ${name} is borrowed by ${by || 'a call that is still running'}`);
  const isOwned = by === '' ? wasm.lend_is_borrowed(handle) === 2 : isOwnedSince;
  const who = isOwned ? 'Rust has taken the buffer, or a part of it' : 'the buffer is borrowed by a call that is still running';
  return new LendError('ERR_LEND_BORROWED', `${where}: ${who}${by && ` (${by})`}`);
}
