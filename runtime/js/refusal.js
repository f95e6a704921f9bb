// @ts-check
// How a call ends, and what its shim throws.
//
// Rust never throws through its own frames, which would not give their stack back. It notes how the call has ended, in `outcome`, and returns.
// The shim takes the note out right after the call, so each note is of the innermost call.
//
//   the call of wasm                             Rust notes it with            the shim takes it out with    and throws
//   │
//   ├─ returns a result
//   │
//   ├─ returns, `outcome.failed` is true
//   │  ├─ refused                                refuse()                      $outcome.take()               LendError
//   │  ├─ the function's own `Err`               fail()                        $outcome.take()               that error
//   │  └─ a panic, caught (1)                    fail()                        $outcome.take()               ERR_LEND_PANIC
//   │
//   ├─ returns a number that may stand for
//   │  │  a refusal: `outcome.inResult` is set                                 $checked…() throws REFUSED
//   │  ├─ refused                                refuseInResult()              $failed()                     LendError
//   │  └─ a panic, caught (1)                    panicInResult()               $failed()                     ERR_LEND_PANIC
//   │
//   └─ throws into the shim's `catch`
//      ├─ not made: its arguments have thrown    errorBeforeCall() (2)         $failed()                     that error
//      ├─ panic, trap, stack overflow            poison.js                     $failed()                     ERR_LEND_PANIC (3)
//      └─ an exception of JavaScript, through
//         │  frames of Rust                      in the call record            $failed() ends the borrows    that error
//         └─ while an argument was read          in the call record            $failed(), $unread()          LendError
//
//   (1) in builds that unwind   (2) by JavaScript, no call was made   (3) the instance has ended, and each later call throws ERR_LEND_POISONED
//
// The names with `$` are those that shims have for `failed`, `notRead`, `outcome` and `checked…`.

import { LendError, readingThrew } from './error.js';
import { key, poison, wasm, whenReplaced } from './memory.js';
import { drops } from './pendingDrops.js';
import { afterTrap, hasOverflowed, notCalled } from './poison.js';
import { fromCaller, nameOf, place } from './signatures.js';

// What a shim says about its call: the flags that `macros/src/expand/js.rs` writes.
/** Rust keeps a call record, because the call takes buffers or has values. */
const HAS_RECORD = 1;
/** The shim has something to end after the call, and runs the pending drops after that. */
export const HAS_ENDS = 2;
/** Arguments are in the object table. `$dropObjects` ends that, and runs the pending drops. */
const HAS_OBJECTS = 4;

/**
 * @typedef {import('./signatures.js').About} About
 * @typedef {{ index: number, fault: number, handle: number }} Refused
 * @typedef {{ panic: unknown, wasMoved: boolean }} Panicked
 */

/** The index of the result: `RESULT` of `runtime/src/fault.rs`. */
export const RESULT = 0xffffffff;

/** @param {About} about @param {number} index An argument, or RESULT. */
export const placeOf = (about, index) => (index === RESULT ? `${nameOf(about)}(): the result` : place(about, index));

/**
 * Makes the error of a refusal. refusalErrors.js has one for all faults, and what an app without buffers, instances and converted values does not
 * have sets it. Of those faults only the lack of memory is left then.
 * @type {(about: About, handles: number[], index: number, fault: number, handle: number) => LendError}
 */
let refusalError = (about, _handles, index) => new LendError('ERR_LEND_OOM', `${placeOf(about, index)}: no memory or no handle is left`);

/** @param {typeof refusalError} f */
export const setRefusals = (f) => void (refusalError = f);

/** How the last call has ended. Shims read `failed` and `wasMoved`, and call `take`. */
export const outcome = {
  /** True if the call has returned without a result. */
  failed: false,
  /** True if Rust had moved to the function what it takes. */
  wasMoved: true,
  /** True if an exception has left frames of Rust behind, whose destructors did not run. */
  wasAbandoned: false,
  /** The function's own error, unless an argument was refused. @type {unknown} */
  error: undefined,
  /** The last `Error` that was made for an `Err` of Rust. @type {unknown} */
  made: undefined,
  /** The refused argument or result: its number, the fault, its handle. @type {[number, number, number] | null} */
  refused: null,
  /** The refusal or panic that the returned number stands for. @type {Refused | Panicked | null} */
  inResult: null,
  /** The argument that was being read when an exception left the call, or a negative number. */
  unread: -1,
  /**
   * @param {About} about The function.
   * @param {number} flags
   * @param {...number} handles Of its arguments, 0 for those that are no buffers.
   * @returns {unknown} What to throw.
   */
  take(about, flags, ...handles) {
    const { error, refused } = outcome;
    outcome.failed = false;
    outcome.error = undefined;
    outcome.refused = null;
    outcome.wasMoved = refused === null ? outcome.wasMoved : refused[0] === RESULT;
    const mine = refused === null ? error : refusalError(about, handles, ...refused);
    const isMade = refused !== null || (error !== undefined && error === outcome.made);
    const thrown = isMade ? fromCaller(about, /** @type {Error} */ (mine)) : mine;
    outcome.made = undefined;
    if ((flags & HAS_ENDS) === 0 && drops.any) drops.run();
    return thrown;
  },
};

/** Runs when another instance takes over: notes of calls of the instance before are dropped. */
function resetOutcome() {
  outcome.failed = false;
  outcome.error = undefined;
  outcome.refused = outcome.inResult = null;
}

/** Called from wasm with a function's own `Err`, or a panic. @param {unknown} error @param {boolean} wasMoved False if the call had not moved its arguments. */
export function fail(error, wasMoved) {
  whenReplaced(resetOutcome);
  outcome.failed = true;
  outcome.wasMoved = wasMoved;
  outcome.error = error;
}

/** Called from wasm when an argument or the result is refused. @param {number} index @param {number} fault @param {number} handle */
export function refuse(index, fault, handle) {
  whenReplaced(resetOutcome);
  outcome.failed = true;
  outcome.refused = [index >>> 0, fault, handle >>> 0];
}

/** Called from wasm when an argument is refused, and the result will stand for that. @param {number} index @param {number} fault @param {number} handle */
export const refuseInResult = (index, fault, handle) => note({ index: index >>> 0, fault, handle: handle >>> 0 });

/** The result of the call will stand for a panic, in builds that unwind. @param {unknown} panic @param {boolean} wasMoved */
export const panicInResult = (panic, wasMoved) => note({ panic, wasMoved });

/** @param {Refused | Panicked} inResult */
function note(inResult) {
  whenReplaced(resetOutcome);
  outcome.inResult = inResult;
}

/** True if a panic waits for its shim. */
export const hasPanicked = () => outcome.inResult !== null && 'panic' in outcome.inResult;

/** What `checked…` throws, and `failed` replaces. */
export const REFUSED = new Error('refused');

function isRefused() {
  if (outcome.inResult !== null) throw REFUSED;
}

// The numbers that may stand for a refusal are those of `Raw` in `runtime/src/convert/mod.rs`. Each may be an ordinary result too. These are
// functions of their own because Firefox inlines them, and would not inline a shim that has the test in it.
/** @param {number} result */
export const checked = (result) => {
  if (result === -1) isRefused();
  return result;
};

/** For unsigned results. Few of them are 2^31 or more. @param {number} result */
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

/** @param {About} about @param {Array<number | [number]>} handles @returns {unknown} The error that `REFUSED` stands for. */
function takeInResult(about, handles) {
  const { inResult } = outcome;
  outcome.inResult = null;
  if (inResult === null) return REFUSED;
  if ('panic' in inResult) {
    outcome.wasMoved = inResult.wasMoved;
    return inResult.panic;
  }
  const { index, fault, handle } = inResult;
  outcome.wasMoved = index === RESULT;
  return fromCaller(about, refusalError(about, handles.map((each) => Number(each)), index, fault, handle));
}

/**
 * Wraps an error that a shim throws inside the `try` around the call, before the call is made. Only that shim's `catch` sees the wrapper, and
 * takes the error out.
 */
class ErrorBeforeCall {
  #error;

  /** @param {unknown} error */
  constructor(error) {
    this.#error = error;
  }

  /** @param {any} thrown */
  static is = (thrown) => typeof thrown === 'object' && thrown !== null && #error in thrown;

  /** @param {ErrorBeforeCall} thrown */
  static errorOf = (thrown) => thrown.#error;
}

/** @param {unknown} error @returns {unknown} What to throw for it where a shim writes its arguments. */
export const errorBeforeCall = (error) => new ErrorBeforeCall(error);

/** @param {any} thrown @returns {unknown} The error without the wrapper, where no call is about to be made. */
export const unwrapped = (thrown) => (ErrorBeforeCall.is(thrown) ? ErrorBeforeCall.errorOf(thrown) : thrown);

/**
 * What a shim throws in place of `error`, after ending the borrows that the call has left behind.
 * @param {unknown} error
 * @param {About} about
 * @param {number} flags
 * @param {...(number | [number])} handles Of the call's arguments: in brackets where the function owns the buffer while it runs, and 0 for
 *   arguments that are no buffers.
 */
export const failed = (error, about, flags, ...handles) => failedIn(afterTrap, error, about, flags, handles);

/**
 * The same for a call of any module.
 *
 * An exception of JavaScript went through frames of Rust. The destructors of those frames did not run and never will. Foreign code runs only
 * while the call has all its borrows. So all of them are ended here, except those of arguments that were moved.
 * @param {(error: unknown) => unknown} afterTrap Ends the module if the error says so.
 * @param {unknown} error @param {About} about @param {number} flags @param {Array<number | [number]>} handles
 */
export function failedIn(afterTrap, error, about, flags, handles) {
  outcome.wasAbandoned = outcome.wasMoved = false;
  // The stack has overflowed in a call further in, which had no stack left to end the instance.
  if (hasOverflowed && poison === null) return afterTrap(error);
  let thrown = unwrapped(error);
  if (thrown !== error || notCalled.has(/** @type {any} */ (error))) {
    // The call was not made.
  } else if (error === REFUSED) {
    thrown = takeInResult(about, handles);
  } else {
    thrown = afterTrap(error);
    if (poison !== null) {
      lastWill?.(() => abandon(flags, handles));
      return thrown;
    }
    abandon(flags, handles);
  }
  if ((flags & (HAS_ENDS | HAS_OBJECTS)) === 0 && drops.any) drops.run();
  return thrown;
}

// `Left` of `runtime/src/call_record.rs`.
/** What the function takes was moved to it. */
const MOVED = 1;
/** This plus the number of an argument: it was being converted. */
const FIRST_UNREAD = 2;

/** Runs what gives back the borrows of a thread that has panicked. Set in builds with shared memory, where other threads go on. @type {((giveBack: () => void) => void) | null} */
let lastWill = null;

/** @param {NonNullable<typeof lastWill>} f */
export const setLastWill = (f) => void (lastWill = f);

/** Ends the borrows of a call that an exception has left. @param {number} flags @param {Array<number | [number]>} handles */
function abandon(flags, handles) {
  outcome.wasAbandoned = true;
  const left = (flags & HAS_RECORD) === 0 ? MOVED : wasm.lend_unwind(key);
  outcome.wasMoved = left === MOVED;
  outcome.unread = left - FIRST_UNREAD;
  for (const handle of handles) {
    if (typeof handle === 'number') {
      if (handle !== 0) wasm.lend_abandon(handle, key);
    } else if (!outcome.wasMoved && handle[0] !== 0) {
      wasm.lend_abandon(handle[0], key);
    }
  }
}

/**
 * The error for an argument whose reading has thrown; else what `failed` has returned.
 * @param {About} about @param {unknown} error From `failed`.
 */
export function notRead(about, error) {
  const index = outcome.unread;
  outcome.unread = -1;
  return index < 0 || poison !== null ? error : fromCaller(about, readingThrew(place(about, index), error));
}
