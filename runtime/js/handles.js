// @ts-check
// What the shims know of a buffer: its handle, and whether it is still there. The classes that a user holds are in buffers.js,
// which an app without buffers does not have.

import { describe, LendError } from './error.js';
import { isBuffer } from './instanceMark.js';
import { mark, poison, replaced, wasm } from './memory.js';

export const LIVE = 0;
export const FREED = 1;
export const MOVED = 2;
/** Lent to a callback that has returned. */
export const EXPIRED = 3;
/** Being moved into Rust by a call that is still running; the buffer is JavaScript's again if that is refused. */
export const TAKING = 4;
/** Of an instance that another has taken over from. */
export const REPLACED = 5;

// `var`, here and in the snippets: a `let` of a module is tested for being initialised at each access, which on this path
// is a tenth of a call.
/**
 * The handle of a live buffer of this instance, or 0.
 *
 * The cheapest sure test in every engine: `$lent` sorts out what is no buffer, and none of this instance, for a private access
 * that fails makes an Error; and the private access cannot be forged. `#handle in value` and `instanceof` cost more.
 *
 * `$lent` may be a getter of somebody else's, so a shim asks all its arguments before it does anything with one of them.
 * @type {(value: any) => number}
 */
export var handle;
/** @type {(value: any) => number} */
export let stateOf;
/** Ends a buffer: it is freed, or moved. @type {(buffer: any, state: number) => void} */
export let end;
/** True for a buffer of this package, in whatever state. @type {(value: any) => boolean} */
export let isOurs;
/** True if a buffer has this handle. @type {(buffer: any, handle: number) => boolean} */
let has;
/** Spends a buffer for a call that takes it; false if it has another handle by now. @type {(buffer: any, handle: number) => boolean} */
let take;
/** Ends that: the buffer was moved, or is JavaScript's again. @type {(buffer: any, handle: number, wasMoved: boolean) => void} */
let endTaking;

/** Set on the prototypes of what scopes may free: buffers, and instances of classes. */
export const FREEABLE = Symbol('held');

/** @param {any} value */
export const isFreeable = (value) => value?.[FREEABLE] === true;

/**
 * What keeps the memory of each typed array that was given out over a buffer's: as long as the array can be reached, so can the
 * buffer, and its memory is nobody else's.
 * @type {WeakMap<object, object>}
 */
export const keepers = new WeakMap();

/** What only buffers.js has, which constructs them. */
export const TOKEN = Symbol('wasm-lend');

/** What a buffer does when it ends; symbols, for they are nobody else's to call. */
export const ENDED = Symbol('ended');
/** What it does when a call begins to take it, and when it is JavaScript's again. */
export const SPENT = Symbol('spent');
export const RETURNED = Symbol('returned');

/**
 * `#handle` is the handle of a live buffer, else 0: the one field that the shims look at. Nothing outside can set it.
 */
export class HandleOwner {
  /** Whose it is; see `makeHome`. */
  $lent = mark;
  /** The same, which nobody else can write to. */
  #mark = mark;
  #handle;
  #state = LIVE;

  static {
    handle = (value) => {
      try {
        return value.$lent === mark && value.#mark === mark ? value.#handle : 0;
      } catch {
        return 0;
      }
    };
    isOurs = (value) => typeof value === 'object' && value !== null && #state in value;
    has = (buffer, handle) => buffer.#handle === handle && buffer.#mark === mark;
    stateOf = (value) => (!isOurs(value) ? LIVE : value.#handle !== 0 && value.#mark !== mark ? REPLACED : value.#state);
    take = (buffer, handle) => {
      // The same buffer twice: Rust refuses it.
      if (buffer.#state === TAKING) return true;
      if (buffer.#handle !== handle) return false;
      buffer.#handle = 0;
      buffer.#state = TAKING;
      buffer[SPENT]();
      return true;
    };
    endTaking = (buffer, handle, wasMoved) => {
      if (buffer.#state !== TAKING) return;
      buffer.#state = wasMoved ? MOVED : LIVE;
      if (wasMoved) return buffer[ENDED](handle);
      buffer.#handle = handle;
      buffer[RETURNED]();
    };
    end = (buffer, state) => {
      const ended = buffer.#handle;
      buffer.#handle = 0;
      buffer.#state = state;
      buffer[ENDED](ended);
    };
  }

  /** @param {symbol} token @param {number} handle */
  constructor(token, handle) {
    if (token !== TOKEN) throw new LendError('ERR_LEND_TYPE', 'buffers have no constructor: use lend.createMutableBuffer(typedArray), lend.createReadOnlyBuffer(typedArray)');
    this.#handle = handle;
  }

  /** @param {number} _handle The one it had. */
  [ENDED](_handle) {}

  [SPENT]() {}

  [RETURNED]() {}
}

/**
 * Compares the handles that a shim has read with those of now: a getter of a later argument may have ended a buffer.
 * @param {string} name The function. @param {...any} pairs Its arguments, each with its handle.
 */
export function same(name, ...pairs) {
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i + 1] !== 0 && !has(pairs[i], pairs[i + 1])) throw endedError(stateOf(pairs[i]), `${name}()`);
  }
}

/**
 * Spends the buffers that a call takes, right before it is made: whatever runs in it finds them moved.
 * @param {string} name The function. @param {...any} pairs Its arguments of that kind, each with its handle.
 */
export function taking(name, ...pairs) {
  for (let i = 0; i < pairs.length; i += 2) {
    const [value, handle] = [pairs[i], pairs[i + 1]];
    if (handle !== 0 && isOurs(value) && !take(value, handle)) throw endedError(stateOf(value), `${name}()`);
  }
}

/**
 * Ends that after the call. The copy of a plain array is freed, unless the function has it.
 * @param {boolean} wasMoved @param {...any} pairs
 */
export function taken(wasMoved, ...pairs) {
  for (let i = 0; i < pairs.length; i += 2) {
    const [value, handle] = [pairs[i], pairs[i + 1]];
    if (handle === 0) continue;
    if (isOurs(value)) endTaking(value, handle, wasMoved || poison !== null);
    else if (!wasMoved && poison === null) wasm.lend_free_later(handle);
  }
}

/** @param {number} state @param {string} what */
export function endedError(state, what) {
  if (state === REPLACED) return replaced(`${what}: the buffer belongs`);
  if (state === EXPIRED) return new LendError('ERR_LEND_RELEASED', `${what}: the buffer was lent to a callback, which has returned`);
  if (state === TAKING) return new LendError('ERR_LEND_MOVED', `${what}: the buffer was moved into Rust by a call that is still running`);
  return state === FREED
    ? new LendError('ERR_LEND_RELEASED', `${what}: the buffer was freed`)
    : new LendError('ERR_LEND_MOVED', `${what}: the buffer was moved into Rust, or frozen`);
}

/**
 * The error for a value that should have been a buffer and is none that lives here; `null` for any other value.
 * @param {unknown} value
 * @param {string} what
 */
export function unusable(value, what) {
  const state = stateOf(value);
  if (state !== LIVE) return endedError(state, what);
  if (!isBuffer(value) || handle(value) !== 0) return null;
  if (!isOurs(value) && /** @type {any} */ (value).$lent === mark) return notItself(what);
  return new LendError('ERR_LEND_FOREIGN', `${what}: ${describe(value)} belongs to another instance or package`);
}

/** @param {string} what @returns {LendError} The error for an object that has a buffer's properties, but is not a buffer. */
export function notItself(what) {
  return new LendError(
    'ERR_LEND_TYPE',
    `${what} takes the buffer itself; got a Proxy of it, or an object that inherits from it (of a reactive object of Vue, pass toRaw(object), or keep it with markRaw(); in `
      + 'MobX, with observable.ref)',
  );
}
