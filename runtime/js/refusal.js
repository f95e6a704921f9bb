// @ts-check
// Refused arguments, and what becomes of an exception that leaves a call.

import { className, describeBuffer } from './displayNames.js';
import { describe, LendError, readingThrew } from './error.js';
import { key, poison, wasm } from './memory.js';
import { drops } from './pendingDrops.js';
import { afterTrap, hasOverflowed, notCalled } from './poison.js';
import { expected, fromCaller, isValid, place } from './signatures.js';
import { layoutOf } from './subBuffers.js';

// What a shim says of its call: the flags that `macros/src/expand/js.rs` writes.
/** Rust keeps a record of it: it takes something, or has values. */
const HAS_RECORD = 1;
/** The shim has something to end after the call, and has the pending drops run after that. */
export const HAS_ENDS = 2;
/** Arguments are in the table of objects: `$dropObjects` ends that, and has the pending drops run. */
const HAS_OBJECTS = 4;

/** How the last call ended without a result, for its shim to throw when it has returned. */
export const outcome = {
  failed: false,
  /** True if what the function takes had been moved to it. */
  wasMoved: true,
  /** True if an exception has left frames of Rust behind, whose destructors did not run. */
  wasAbandoned: false,
  /** The function's own error, unless an argument was refused. @type {unknown} */
  error: undefined,
  /** The `Error` that was made last for one of Rust. @type {unknown} */
  made: undefined,
  /** Which argument was refused, why, and its handle. @type {[number, number, number] | null} */
  refused: null,
  /**
   * @param {string} name The function.
   * @param {number} flags
   * @param {...number} handles Its arguments, 0 for those that are no buffers.
   * @returns {unknown} What to throw.
   */
  take(name, flags, ...handles) {
    const { error, refused } = outcome;
    outcome.failed = false;
    outcome.error = undefined;
    outcome.refused = null;
    outcome.wasMoved = refused === null ? outcome.wasMoved : refused[0] === RESULT;
    const mine = refused === null ? error : refusal(name, handles, ...refused);
    const thrown = refused !== null || (error !== undefined && error === outcome.made) ? fromCaller(name, /** @type {Error} */ (mine)) : mine;
    outcome.made = undefined;
    if ((flags & HAS_ENDS) === 0 && drops.any) drops.run();
    return thrown;
  },
};

/** Another instance takes over, and no call of the one before is to be told of. */
export function resetOutcome() {
  outcome.failed = false;
  outcome.error = undefined;
  outcome.refused = refused = panic = null;
  callSite = '';
}

/** Called from wasm with a function's own `Err`. @param {unknown} error */
export function fail(error) {
  outcome.failed = true;
  outcome.wasMoved = true;
  outcome.error = error;
}

/** Called from wasm with an error of a call that has not moved its arguments to the function. @param {unknown} error */
export function failBeforeMoving(error) {
  fail(error);
  outcome.wasMoved = false;
}

/** How the words for what a type takes start, by `typeof`. @type {Record<string, string[]>} */
const KINDS = { number: ['a whole number', 'a number of'], bigint: ['a BigInt'], string: ['a string of'] };

/**
 * Finds the first scalar or string of a call that its type does not have.
 * @param {string} name
 * @param {...unknown} values The call's arguments.
 * @returns {never}
 */
export function reject(name, ...values) {
  const index = values.findIndex((value, index) => !isValid(name, index, value));
  const takes = expected(name, index);
  // Of the right type, and still not taken.
  const inRangeOnly = KINDS[typeof values[index]]?.some((start) => takes.startsWith(start));
  const code = inRangeOnly ? 'ERR_LEND_RANGE' : 'ERR_LEND_TYPE';
  throw fromCaller(name, new LendError(code, `${place(name, index)} takes ${takes}; got ${describe(values[index])}`));
}

/** `Fault` of `runtime/src/fault.rs`, by number. */
const STALE = 0;
const TYPE = 1;
const BORROWED = 2;
const CONVERSION = 4;
const CHANGED = 6;
const TEMPORARY = 7;
const LENGTH = 8;

/** The index that stands for the result: `RESULT` of `runtime/src/fault.rs`. */
const RESULT = 0xffffffff;
/** The one that stands for a buffer that it has returned: `ITS_RESULT` of `runtime/src/class/guard.rs`. */
const ITS_RESULT = 0xfffffffe;

/** The words for the refusal of a value. */
let explanation = '';
let explanationCode = 0;

/** By the numbers that Rust has for them. */
export const CODES = ['ERR_LEND_TYPE', 'ERR_LEND_RANGE', 'ERR_LEND_RELEASED', 'ERR_LEND_MOVED', 'ERR_LEND_BORROWED', 'ERR_LEND_OOM'];

/** Called from wasm before the refusal of a value. @param {string} message @param {number} code */
export function explain(message, code) {
  explanation = message;
  explanationCode = code;
}

/** The call that holds what the next refusal is about, where the build knows; of an owner, what it has moved. */
let callSite = '';
let callSiteIsOwner = false;

/** Called from wasm before a refusal. @param {string} name @param {number} index @param {boolean} isOwner */
export function nameHolder(name, index, isOwner) {
  const result = index >>> 0 === RESULT ? `${name}()` : `a buffer that ${name}() has returned`;
  callSite = index >>> 0 >= ITS_RESULT ? result : place(name, index);
  callSiteIsOwner = isOwner;
}

/** @returns {string} */
function takeCallSite() {
  const taken = callSite;
  callSite = '';
  return taken;
}

/** @param {string} where @param {number} handle */
function borrowed(where, handle) {
  const by = takeCallSite();
  const name = className(wasm.lend_shape(handle) >>> 0);
  if (name !== undefined) return new LendError('ERR_LEND_BORROWED', `${where}: the ${name} is borrowed by ${by || 'a call that is still running'}`);
  const isOwned = by === '' ? wasm.lend_is_borrowed(handle) === 2 : callSiteIsOwner;
  const who = isOwned ? 'Rust has taken the buffer, or a part of it' : 'the buffer is borrowed by a call that is still running';
  return new LendError('ERR_LEND_BORROWED', `${where}: ${who}${by && ` (${by})`}`);
}

/**
 * An error of a shim's own, thrown where its arguments are written for the call that it then does not make. Only that shim's `catch`
 * sees it, and takes the error out.
 */
class Early {
  #error;

  /** @param {unknown} error */
  constructor(error) {
    this.#error = error;
  }

  /** @param {any} thrown */
  static is = (thrown) => typeof thrown === 'object' && thrown !== null && #error in thrown;

  /** @param {Early} thrown */
  static errorOf = (thrown) => thrown.#error;
}

/** @param {unknown} error @returns {unknown} What to throw for it, where a shim writes its arguments. */
export const early = (error) => new Early(error);

/** @param {any} thrown @returns {unknown} The same without that, where nobody is about to make a call. */
export const notEarly = (thrown) => (Early.is(thrown) ? Early.errorOf(thrown) : thrown);

/** Called from wasm when an argument is refused there. @param {number} index @param {number} fault @param {number} handle */
export function refuse(index, fault, handle) {
  outcome.failed = true;
  outcome.refused = [index >>> 0, fault, handle >>> 0];
}

/** What is thrown for a result that stands for a refusal, for `failed` of its call to know. */
export const REFUSED = new Error('refused');

/** The refusal that the result of the call tells of. @type {[string, number, number, number] | null} */
let refused = null;

/** The panic that it tells of. @type {unknown} */
let panic = null;
let panicHadMoved = false;

/** True if a panic waits for its shim. */
export const hasPanicked = () => panic !== null;

/** Called from wasm, in builds that unwind. @param {unknown} error @param {boolean} wasMoved */
export function panicInResult(error, wasMoved) {
  panic = error;
  panicHadMoved = wasMoved;
}

/** Called from wasm. @param {string} name @param {number} index @param {number} fault @param {number} handle */
export const refuseInResult = (name, index, fault, handle) => void (refused = [name, index, fault, handle >>> 0]);

function isRefused() {
  if (refused !== null || panic !== null) throw REFUSED;
}

/** @param {Array<number | [number]>} handles @returns {unknown} What `REFUSED` stands for. */
function takeRefused(handles) {
  if (refused === null) {
    const error = panic;
    panic = null;
    outcome.wasMoved = panicHadMoved;
    return error;
  }
  const [name, index, fault, handle] = refused;
  refused = null;
  outcome.wasMoved = index === RESULT;
  return fromCaller(name, refusal(name, handles.map((each) => Number(each)), index, fault, handle));
}

// The numbers of `Raw` in `runtime/src/convert/mod.rs`, any of which may be a result too. Calls of these are inlined where the
// test itself would make a shim too long for that (Firefox).
/** @param {number} result */
export const checked = (result) => {
  if (result === -1) isRefused();
  return result;
};

/** Of an unsigned result, which few calls have that are not below 2^31. @param {number} result */
export const checkedWord = (result) => (result >= 0 ? result : large(result));

/** @param {number} result */
function large(result) {
  if (result === -1) isRefused();
  return result >>> 0;
}

/** @param {number} result */
export const checkedFloat = (result) => {
  if (result !== result) isRefused();
  return result;
};

/** @param {bigint} result */
export const checkedWide = (result) => {
  if (result === -1n) isRefused();
  return result;
};

/** @param {string} name @param {number[]} handles @param {number} index @param {number} fault @param {number} handle */
function refusal(name, handles, index, fault, handle) {
  const where = index === RESULT ? `${name}(): the result` : place(name, index);
  switch (fault) {
    case STALE:
      return new LendError('ERR_LEND_MOVED', `${where}: the ${where.includes('`this: ') ? 'instance' : 'buffer'} was moved into Rust by a call that is still running`);
    case TYPE: {
      const length = wasm.lend_length(handle) >>> 0;
      const [lengths] = layoutOf(handle, length);
      const shape = lengths.length === 1 ? '' : ` and shape [${lengths.join(', ')}]`;
      const got = describeBuffer(wasm.lend_shape(handle) >>> 0, length) + shape;
      return new LendError('ERR_LEND_TYPE', `${where} takes ${expected(name, index)}; got ${got}`);
    }
    case BORROWED:
      if (!handles.slice(0, index).some((earlier) => wasm.lend_overlap(earlier, handle) !== 0)) return borrowed(where, handle);
      callSite = '';
      return new LendError(
        'ERR_LEND_ALIASED',
        `${where}: the ${className(wasm.lend_shape(handle) >>> 0) ?? 'buffer, or a part of it,'} is another argument of this call too, and one of the two needs it for itself`,
      );
    case CHANGED:
      return new LendError(
        'ERR_LEND_CHANGED',
        `${where}: JavaScript has written to this read-only buffer since the call of ${takeCallSite()}; Rust relies on its not changing`,
      );
    case TEMPORARY:
      return new LendError('ERR_LEND_BORROWED', `${where}: the buffer is lent to a callback, until that returns, and Rust cannot keep it`);
    case LENGTH:
      return new LendError('ERR_LEND_RANGE', `${where} takes ${expected(name, index)}; got one of length ${wasm.lend_length(handle) >>> 0}`);
    case CONVERSION:
      return new LendError(CODES[explanationCode], `${where} ${explanation}`);
    default:
      return new LendError('ERR_LEND_OOM', `${where}: no memory or no handle is left`);
  }
}

/**
 * What a shim throws in place of `error`, after ending the borrows that the call left behind.
 * @param {unknown} error
 * @param {number} flags
 * @param {...(number | [number])} handles The call's arguments: handles, in brackets where the function owns the buffer while
 *   it runs, and 0 for those that are no buffers.
 */
export const failed = (error, flags, ...handles) => failedIn(afterTrap, error, flags, handles);

/**
 * The same for whatever module was called.
 *
 * An exception of JavaScript went through frames of Rust, whose destructors did not run and never will. It came from the phase in
 * which code of others runs, so the call still has each of its borrows, but for what it had moved to the function.
 * @param {(error: unknown) => unknown} afterTrap Ends the module if the error says so.
 * @param {unknown} error @param {number} flags @param {Array<number | [number]>} handles
 */
export function failedIn(afterTrap, error, flags, handles) {
  outcome.wasAbandoned = outcome.wasMoved = false;
  // A call further in has overflowed, and had no stack to say so: this is no exception like others.
  if (hasOverflowed && poison === null) return afterTrap(error);
  let thrown = notEarly(error);
  if (thrown !== error || notCalled.has(/** @type {any} */ (error))) {
    // The call was not made.
  } else if (error === REFUSED) {
    thrown = takeRefused(handles);
  } else {
    thrown = afterTrap(error);
    if (poison !== null) return thrown;
    abandon(flags, handles);
  }
  if ((flags & (HAS_ENDS | HAS_OBJECTS)) === 0 && drops.any) drops.run();
  return thrown;
}

/** `Left` of `runtime/src/convert/call.rs`: the function had its arguments; or from here on an argument was being converted. */
const MOVED = 1;
const FIRST_UNREAD = 2;

/** The argument that the last call was left in the middle of, or a negative number. */
let unread = -1;

/**
 * The error for what reading an argument has thrown, or the one of `failed` as it is.
 * @param {string} name @param {unknown} error
 */
export function notRead(name, error) {
  const index = unread;
  unread = -1;
  return index < 0 || poison !== null ? error : fromCaller(name, readingThrew(place(name, index), error));
}

/** @param {number} flags @param {Array<number | [number]>} handles */
function abandon(flags, handles) {
  outcome.wasAbandoned = true;
  const left = (flags & HAS_RECORD) === 0 ? MOVED : wasm.lend_unwind(key);
  outcome.wasMoved = left === MOVED;
  unread = left - FIRST_UNREAD;
  for (const handle of handles) {
    if (typeof handle === 'number') {
      if (handle !== 0) wasm.lend_abandon(handle, key);
    } else if (!outcome.wasMoved && handle[0] !== 0) {
      wasm.lend_abandon(handle[0], key);
    }
  }
}
