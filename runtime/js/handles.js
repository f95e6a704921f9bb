// @ts-check
// What shims need to know about a buffer: its handle, and its state. The classes that users hold are in buffers.js, which the bundle of an app
// without buffers does not have.

import { describe, LendError } from './error.js';
import { isBuffer } from './instanceMark.js';
import { mark, poison, replaced, wasm } from './memory.js';
import { setRefusals } from './refusal.js';
import { refusalError } from './refusalErrors.js';
import { nameOf } from './signatures.js';

export const LIVE = 0;
export const FREED = 1;
export const MOVED = 2;
/** A temporary buffer whose callback has returned. */
export const EXPIRED = 3;
/** Being moved into Rust by a running call. If the call is refused, JavaScript has the buffer again. */
export const TAKING = 4;
/** Of an instance that another has replaced. */
const REPLACED = 5;

// `var`, here and in the snippets: engines test a module's `let` for initialisation at each access. On this path that is a tenth of a call.
/**
 * The handle of a live buffer of this instance, or 0.
 *
 * This is the cheapest safe test in every engine. `$lent` is read first: it excludes most other values cheaply. A private access that fails is
 * slow, because it makes an `Error`. A private access cannot be forged. `#handle in value` and `instanceof` cost more.
 *
 * On a foreign object `$lent` may be a getter. So a shim asks for the handles of all arguments before it does anything else.
 * @type {(value: any) => number}
 */
export var handle = () => 0;
/** @type {(value: any) => number} */
export let stateOf = () => LIVE;
/** Ends a buffer: it was freed or moved. @type {(buffer: any, state: number) => void} */
export let end;
/** True for a buffer of this package, in any state. @type {(value: any) => boolean} */
export let isOurs = () => false;
/** True if a buffer has this handle. @type {(buffer: any, handle: number) => boolean} */
let has;
/** Marks a buffer as TAKING, for a call. False if its handle has changed. @type {(buffer: any, handle: number) => boolean} */
let take;
/** Ends TAKING: the buffer was moved, or JavaScript has it again. @type {(buffer: any, handle: number, wasMoved: boolean) => void} */
let endTaking;

/**
 * The error for a buffer that cannot be used here, or for an object that imitates one. `null` for any other value.
 * @type {(value: unknown, what: string) => LendError | null}
 */
export let unusable = foreign;

/** A property of the prototypes of buffers and classes, whose objects scopes may free. */
export const FREEABLE = Symbol('held');

/** @param {any} value */
export const isFreeable = (value) => value?.[FREEABLE] === true;

/**
 * Key: a typed array that `view` has returned. Value: its buffer. As long as the array can be reached, so can the buffer, and its memory is not
 * released.
 * @type {WeakMap<object, object>}
 */
export const keepers = new WeakMap();

/** The key of the constructors. Only buffers.js has it. */
export const TOKEN = Symbol('wasm-lend');

// Methods of buffers. Symbols, so that nobody else can call them.
/** Called when a buffer ends. */
export const ENDED = Symbol('ended');
/** Called when a call starts to take the buffer. */
export const TAKE_STARTED = Symbol('take started');
/** Called when the buffer comes back, because the call was refused. */
export const RETURNED = Symbol('returned');

/**
 * The base of buffers. `#handle` is the handle of a live buffer, else 0. Shims read it; nothing outside of this class can set it.
 *
 * An app that makes no buffers does not use the class, and its bundle does not have it. Then the functions above stay as they are.
 */
export const HandleOwner = /* @__PURE__ */ (() => {
  setRefusals(refusalError);
  unusable = unusableOfOurs;
  class HandleOwner {
    /** The instance mark; see `makeMark`. */
    $lent = mark;
    /** The same, where nobody else can write. */
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
        // The buffer is passed twice. Rust refuses that.
        if (buffer.#state === TAKING) return true;
        if (buffer.#handle !== handle) return false;
        buffer.#handle = 0;
        buffer.#state = TAKING;
        buffer[TAKE_STARTED]();
        return true;
      };
      endTaking = (buffer, handle, wasMoved) => {
        if (buffer.#state !== TAKING) return;
        buffer.#state = wasMoved ? MOVED : LIVE;
        if (wasMoved) {
          onEnd?.(handle);
          return buffer[ENDED](handle);
        }
        buffer.#handle = handle;
        buffer[RETURNED]();
      };
      end = (buffer, state) => {
        const last = buffer.#handle;
        onEnd?.(last);
        buffer.#handle = 0;
        buffer.#state = state;
        buffer[ENDED](last);
      };
    }

    /** @param {symbol} token @param {number} handle */
    constructor(token, handle) {
      if (token !== TOKEN) throw new LendError('ERR_LEND_TYPE', 'buffers have no constructor: use lend.createMutableBuffer(typedArray), lend.createReadOnlyBuffer(typedArray)');
      this.#handle = handle;
    }

    /** @param {number} _handle The handle that it had. */
    [ENDED](_handle) {}

    [TAKE_STARTED]() {}

    [RETURNED]() {}
  }

  return HandleOwner;
})();

/**
 * Reads the handles of a call again. A getter of a later argument may have ended a buffer since the shim has read its handle.
 * @param {import('./signatures.js').About} about @param {...any} pairs Its arguments, each with its handle.
 */
export function same(about, ...pairs) {
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i + 1] !== 0 && !has(pairs[i], pairs[i + 1])) throw endedError(stateOf(pairs[i]), `${nameOf(about)}()`);
  }
}

/** Frees a gift that no call has taken. False for other handles. @type {((handle: number) => boolean) | null} */
let freeGift = null;

/** @param {NonNullable<typeof freeGift>} f */
export const setFreeGift = (f) => void (freeGift = f);

/**
 * Marks the buffers that a call takes as TAKING, right before the call. Code that runs in the call finds them moved. Further arguments of that kind
 * follow, each with its handle.
 * @param {import('./signatures.js').About} about @param {any} value @param {number} handle
 */
export function taking(about, value, handle) {
  if (handle !== 0 && isOurs(value) && !take(value, handle)) throw endedError(stateOf(value), `${nameOf(about)}()`);
  // Not a rest parameter: engines would make an array in each call.
  for (let i = 3; i < arguments.length; i += 2) taking(about, arguments[i], arguments[i + 1]);
}

/**
 * Ends TAKING after the call. The copy of a plain array is freed, unless the function has taken it. Further arguments follow.
 * @param {boolean} wasMoved @param {any} value @param {number} handle
 */
export function taken(wasMoved, value, handle) {
  if (handle !== 0) {
    if (isOurs(value)) endTaking(value, handle, wasMoved || poison !== null);
    else if (!wasMoved && poison === null && !freeGift?.(handle)) wasm.lend_free_later(handle);
  }
  for (let i = 3; i < arguments.length; i += 2) taken(wasMoved, arguments[i], arguments[i + 1]);
}

/** Called from wasm. @param {any} value @returns {number} 0 if it is live or no buffer, 1 if it was freed, 2 if it was moved. */
export const bufferState = (value) => (stateOf(value) === LIVE || !isOurs(value) ? 0 : stateOf(value) === FREED ? 1 : 2);

/** Gets the handle of each buffer that JavaScript frees or moves, while somebody watches. @type {((handle: number) => void) | null} */
let onEnd = null;

/** @param {typeof onEnd} f */
export const watchEnds = (f) => void (onEnd = f);

/** Called from wasm: takes a buffer inside another value. @param {any} value @param {number} handle @returns {boolean} */
export const holdBuffer = (value, handle) => isOurs(value) && stateOf(value) === LIVE && take(value, handle >>> 0);

/** Called from wasm. @param {any} value @param {number} handle @param {boolean | number} wasMoved */
export const letGoOfBuffer = (value, handle, wasMoved) => endTaking(value, handle >>> 0, !!wasMoved || poison !== null);

/** The error for a buffer that has ended. @param {number} state @param {string} what */
export function endedError(state, what) {
  if (state === REPLACED) return replaced(`${what}: the buffer belongs`);
  if (state === EXPIRED) return new LendError('ERR_LEND_RELEASED', `${what}: the buffer was lent to a callback, which has returned`);
  if (state === TAKING) return new LendError('ERR_LEND_MOVED', `${what}: the buffer was moved into Rust by a call that is still running`);
  return state === FREED
    ? new LendError('ERR_LEND_RELEASED', `${what}: the buffer was freed`)
    : new LendError('ERR_LEND_MOVED', `${what}: the buffer was moved into Rust, or frozen`);
}

/** @param {unknown} value @param {string} what */
function foreign(value, what) {
  return isBuffer(value) ? new LendError('ERR_LEND_FOREIGN', `${what}: ${describe(value)} belongs to another instance or package`) : null;
}

/** @param {unknown} value @param {string} what */
function unusableOfOurs(value, what) {
  const state = stateOf(value);
  if (state !== LIVE) return endedError(state, what);
  if (handle(value) !== 0) return null;
  return isBuffer(value) && !isOurs(value) && /** @type {any} */ (value).$lent === mark ? notItself(what) : foreign(value, what);
}

/** @param {string} what @returns {LendError} The error for an object that has a buffer's properties but is not a buffer. */
export function notItself(what) {
  return new LendError(
    'ERR_LEND_TYPE',
    `${what} takes the buffer itself; got a Proxy of it, or an object that inherits from it (of a reactive object of Vue, pass toRaw(object), or keep it with markRaw(); in `
      + 'MobX, with observable.ref)',
  );
}
