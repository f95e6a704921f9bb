// @ts-check
// The two classes a user holds.

import { arrayNames, arrays, NO_SHAPE } from './elements.js';
import { describe, LendError } from './error.js';
import { heap, poison, wasm } from './memory.js';

/** Only this file constructs buffers. */
const TOKEN = Symbol('wasm-lend');

const LIVE = 0;
const FREED = 1;
const MOVED = 2;

/** Gives back what was dropped without `free()`. */
const registry = new FinalizationRegistry((/** @type {number} */ handle) => {
  if (poison === null) wasm.lend_free(handle);
});

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
let stateOfBuffer;
/** @type {(value: any) => void} */
let markMoved;

/**
 * What both kinds have in common.
 *
 * `#handle` is the handle of a live buffer, else 0: the one field that the shims look at. Nothing outside can set it.
 */
class LentBuffer {
  #handle;
  #tag;
  #state = LIVE;
  /** @type {any} */
  #view = null;

  static {
    handle = (value) => {
      if (value == null || value.$lent !== true) return 0;
      try {
        return value.#handle;
      } catch {
        return 0;
      }
    };
    stateOfBuffer = (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : LIVE);
    markMoved = (value) => value.#end(MOVED);
  }

  /**
   * @param {symbol} token
   * @param {number} handle
   * @param {number} tag
   */
  constructor(token, handle, tag) {
    if (token !== TOKEN) {
      const create = new.target === MutableBuffer ? 'createMutableBuffer' : 'createReadOnlyBuffer';
      throw new LendError('ERR_LEND_TYPE', `new ${new.target.name}() does not exist: use lend.${create}(typedArray)`);
    }
    this.#handle = handle;
    this.#tag = tag;
    registry.register(this, handle, this);
  }

  /** The elements: the same typed array until memory grows, then a new one over the same elements. */
  get view() {
    const view = this.#view;
    // Stale or never made (or empty, and then it costs nothing to make it again).
    return view !== null && view.length !== 0 ? view : this.#makeView();
  }

  #makeView() {
    const handle = this.#live('view');
    const address = wasm.lend_address(handle) >>> 0;
    const length = wasm.lend_length(handle) >>> 0;
    const memory = heap(0).buffer;
    if (this.#view === null || this.#view.buffer !== memory) {
      // The last is for records, whose accessors ask their buffer again when memory has grown.
      this.#view = new arrays[this.#tag](memory, address, length, this);
    }
    return this.#view;
  }

  get length() {
    return wasm.lend_length(this.#live('length')) >>> 0;
  }

  get byteLength() {
    return this.length * arrays[this.#tag].BYTES_PER_ELEMENT;
  }

  /** @param {number} index */
  at(index) {
    return this.view.at(index);
  }

  toArray() {
    const { view } = this;
    return view.toArray !== undefined ? view.toArray() : Array.from(view);
  }

  /** @param {string} field */
  column(field) {
    const { view } = this;
    if (view.column === undefined) throw new LendError('ERR_LEND_TYPE', `${this.#name()}.column(): its elements are numbers, not records`);
    return view.column(field);
  }

  get freed() {
    return this.#state === FREED;
  }

  get moved() {
    return this.#state === MOVED;
  }

  free() {
    if (this.#handle === 0) return;
    // Refused only in a call that has moved the buffer into Rust.
    if (wasm.lend_free(this.#handle) === 0) throw gone(MOVED, `${this.#name()}.free()`);
    this.#end(FREED);
  }

  /** @returns {ReadOnlyBuffer} */
  freeze() {
    const handle = this.#live('freeze()');
    const frozen = wasm.lend_freeze(handle) >>> 0;
    if (frozen === 0) {
      const [code, why] = wasm.lend_is_borrowed(handle)
        ? ['ERR_LEND_BORROWED', 'a call that is still running holds the buffer']
        : ['ERR_LEND_OOM', 'no handle is left'];
      throw new LendError(code, `${this.#name()}.freeze(): ${why}`);
    }
    this.#end(MOVED);
    return readOnly(frozen, this.#tag);
  }

  /** @param {string} member @returns {number} The handle of a buffer that is there. */
  #live(member) {
    const what = `${this.#name()}.${member}`;
    if (this.#handle === 0) throw gone(this.#state, what);
    if (wasm.lend_shape(this.#handle) >>> 0 === NO_SHAPE) throw gone(MOVED, what);
    return this.#handle;
  }

  /** @param {number} state */
  #end(state) {
    registry.unregister(this);
    this.#handle = 0;
    this.#state = state;
    this.#view = null;
  }

  #name() {
    return this instanceof MutableBuffer ? 'MutableBuffer' : 'ReadOnlyBuffer';
  }

  toString() {
    const type = `${this.#name()}<${arrayNames[this.#tag]}>`;
    if (this.#state !== LIVE) return `a ${this.#state === FREED ? 'freed' : 'moved'} ${type}`;
    if (poison !== null || wasm.lend_shape(this.#handle) >>> 0 === NO_SHAPE) return `a ${type}`;
    return `a ${type} of length ${wasm.lend_length(this.#handle) >>> 0}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `[${this.toString().slice(2)}]`;
  }
}

// The mark of a buffer of any instance of wasm-lend, for `handle` and to tell a foreign buffer from other objects.
Object.defineProperty(LentBuffer.prototype, '$lent', { value: true });
if (Symbol.dispose) Object.defineProperty(LentBuffer.prototype, Symbol.dispose, { value: LentBuffer.prototype.free });

export class ReadOnlyBuffer extends LentBuffer {}

export class MutableBuffer extends LentBuffer {}

// Freezing is for mutable buffers; the method stands above because it needs the private fields.
Object.defineProperty(MutableBuffer.prototype, 'freeze', { value: LentBuffer.prototype.freeze });
// @ts-expect-error: not optional in the class.
delete LentBuffer.prototype.freeze;
for (const buffer of [ReadOnlyBuffer, MutableBuffer]) {
  Object.defineProperty(buffer.prototype, Symbol.toStringTag, { value: buffer.name });
}

/** @param {any} value @returns {boolean} Whether it is a buffer, of whatever instance and in whatever state. */
export const isBuffer = (value) => value != null && value.$lent === true;

/** @param {number} handle @param {number} tag */
export const readOnly = (handle, tag) => new ReadOnlyBuffer(TOKEN, handle >>> 0, tag);

/** @param {number} handle @param {number} tag */
export const mutable = (handle, tag) => new MutableBuffer(TOKEN, handle >>> 0, tag);

/**
 * Marks a buffer that a call has moved into Rust, so that its later use says so. Nothing else is touched.
 * @param {unknown} value
 */
export function spend(value) {
  const live = handle(value);
  if (live !== 0 && (poison !== null || wasm.lend_shape(live) >>> 0 === NO_SHAPE)) markMoved(value);
}

/** @param {number} state @param {string} what */
function gone(state, what) {
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
  const state = stateOfBuffer(value);
  if (state !== LIVE) return gone(state, what);
  if (isBuffer(value) && handle(value) === 0) {
    return new LendError('ERR_LEND_FOREIGN', `${what}: ${describe(value)} belongs to another instance or package`);
  }
  return null;
}
