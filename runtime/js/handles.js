// @ts-check
// What the shims know of a buffer: its handle, and whether it is still there. The classes that a user holds are in buffers.js,
// which an app without buffers does not have.

import { NO_SHAPE } from './elements.js';
import { describe, LendError } from './error.js';
import { poison, wasm } from './memory.js';

export const LIVE = 0;
export const FREED = 1;
export const MOVED = 2;
/** Lent to a callback that has returned. */
export const LENT = 3;

// `var`, here and in the snippets: a `let` of a module is tested for being initialised at each access, which on this path
// is a tenth of a call.
/**
 * The handle of a live buffer of this instance, or 0.
 *
 * The cheapest sure test in every engine: `$lent` (on the prototypes) sorts out what is no buffer, for a private access
 * that fails makes an Error; and the private access cannot be forged. `#handle in value` and `instanceof` cost more.
 * @type {(value: any) => number}
 */
export var handle;
/** @type {(value: any) => number} */
export let stateOf;
/** Ends a buffer: it is freed, or moved. @type {(buffer: any, state: number) => void} */
export let end;

/** Set on the prototypes of what scopes may free: buffers, and instances of classes. */
export const HELD = Symbol('held');

/** @param {any} value */
export const isHeld = (value) => value?.[HELD] === true;

/** What a buffer does when it ends; a symbol, for it is nobody else's to call. */
export const ENDED = Symbol('ended');

/**
 * `#handle` is the handle of a live buffer, else 0: the one field that the shims look at. Nothing outside can set it.
 */
export class Held {
  #handle;
  #state = LIVE;

  static {
    handle = (value) => {
      try {
        return value.$lent === true ? value.#handle : 0;
      } catch {
        return 0;
      }
    };
    stateOf = (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : LIVE);
    end = (buffer, state) => {
      const ended = buffer.#handle;
      buffer.#handle = 0;
      buffer.#state = state;
      buffer[ENDED](ended);
    };
  }

  /** @param {number} handle */
  constructor(handle) {
    this.#handle = handle;
  }

  /** @param {number} _handle The one it had. */
  [ENDED](_handle) {}
}

/** @param {any} value @returns {boolean} Whether it is a buffer, of whatever instance and in whatever state. */
export const isBuffer = (value) => value != null && value.$lent === true;

/**
 * Marks a buffer that a call has moved into Rust, so that its later use says so. Nothing else is touched.
 * @param {unknown} value
 */
export function spend(value) {
  const live = handle(value);
  if (live !== 0 && (poison !== null || wasm.lend_shape(live) >>> 0 === NO_SHAPE)) end(value, MOVED);
}

/** @param {number} state @param {string} what */
export function gone(state, what) {
  if (state === LENT) return new LendError('ERR_LEND_RELEASED', `${what}: the buffer was lent to a callback, which has returned`);
  return state === FREED
    ? new LendError('ERR_LEND_RELEASED', `${what}: the buffer was freed`)
    : new LendError('ERR_LEND_MOVED', `${what}: the buffer was moved into Rust, or frozen`);
}

/**
 * The error for a value that should have been a buffer and is none that lives here; `null` for any other value.
 * @param {unknown} value
 * @param {string} what
 */
export function notHere(value, what) {
  const state = stateOf(value);
  if (state !== LIVE) return gone(state, what);
  if (isBuffer(value) && handle(value) === 0) {
    return new LendError('ERR_LEND_FOREIGN', `${what}: ${describe(value)} belongs to another instance or package`);
  }
  return null;
}
