// @ts-check
// The two classes a user holds.

import { arrayNames, arrays, NO_SHAPE } from './elements.js';
import { LendError } from './error.js';
import { end, ENDED, FREED, gone, handle, Held, LIVE, MOVED, stateOf } from './handles.js';
import { heap, poison, wasm } from './memory.js';

// Made by a function, so that a bundler sees that an app without buffers does not need them.
const classes = /* @__PURE__ */ makeClasses();

function makeClasses() {
  /** Only this file constructs buffers. */
  const TOKEN = Symbol('wasm-lend');

  /** Gives back what was dropped without `free()`. */
  const registry = new FinalizationRegistry((/** @type {number} */ handle) => {
    if (poison === null) wasm.lend_free(handle);
  });

  /** What both kinds have in common. */
  class LentBuffer extends Held {
    #tag;
    /** @type {any} */
    #view = null;

    /**
     * @param {symbol} token
     * @param {number} handle
     * @param {number} tag
     */
    constructor(token, handle, tag) {
      super(token === TOKEN ? handle : 0);
      if (token !== TOKEN) {
        const create = new.target === MutableBuffer ? 'createMutableBuffer' : 'createReadOnlyBuffer';
        throw new LendError('ERR_LEND_TYPE', `new ${new.target.name}() does not exist: use lend.${create}(typedArray)`);
      }
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
      return stateOf(this) === FREED;
    }

    get moved() {
      return stateOf(this) === MOVED;
    }

    free() {
      if (handle(this) === 0) return;
      // Refused only in a call that has moved the buffer into Rust.
      if (wasm.lend_free(handle(this)) === 0) throw gone(MOVED, `${this.#name()}.free()`);
      end(this, FREED);
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
      end(this, MOVED);
      return new ReadOnlyBuffer(TOKEN, frozen, this.#tag);
    }

    /** @param {string} member @returns {number} The handle of a buffer that is there. */
    #live(member) {
      const what = `${this.#name()}.${member}`;
      if (handle(this) === 0) throw gone(stateOf(this), what);
      if (wasm.lend_shape(handle(this)) >>> 0 === NO_SHAPE) throw gone(MOVED, what);
      return handle(this);
    }

    [ENDED]() {
      registry.unregister(this);
      this.#view = null;
    }

    #name() {
      return this instanceof MutableBuffer ? 'MutableBuffer' : 'ReadOnlyBuffer';
    }

    toString() {
      const type = `${this.#name()}<${arrayNames[this.#tag]}>`;
      if (stateOf(this) !== LIVE) return `a ${stateOf(this) === FREED ? 'freed' : 'moved'} ${type}`;
      if (poison !== null || wasm.lend_shape(handle(this)) >>> 0 === NO_SHAPE) return `a ${type}`;
      return `a ${type} of length ${wasm.lend_length(handle(this)) >>> 0}`;
    }

    [Symbol.for('nodejs.util.inspect.custom')]() {
      return `[${this.toString().slice(2)}]`;
    }
  }

  class ReadOnlyBuffer extends LentBuffer {}

  class MutableBuffer extends LentBuffer {}

  // The mark of a buffer of any instance of wasm-lend, for `handle` and to tell a foreign buffer from other objects.
  Object.defineProperty(LentBuffer.prototype, '$lent', { value: true });
  if (Symbol.dispose) Object.defineProperty(LentBuffer.prototype, Symbol.dispose, { value: LentBuffer.prototype.free });

  // Freezing is for mutable buffers; the method stands above because it needs the private fields.
  Object.defineProperty(MutableBuffer.prototype, 'freeze', { value: LentBuffer.prototype.freeze });
  // @ts-expect-error: not optional in the class.
  delete LentBuffer.prototype.freeze;
  for (const buffer of [ReadOnlyBuffer, MutableBuffer]) {
    Object.defineProperty(buffer.prototype, Symbol.toStringTag, { value: buffer.name });
  }

  return {
    ReadOnlyBuffer,
    MutableBuffer,
    /** @param {number} handle @param {number} tag */
    readOnly: (handle, tag) => new ReadOnlyBuffer(TOKEN, handle >>> 0, tag),
    /** @param {number} handle @param {number} tag */
    mutable: (handle, tag) => new MutableBuffer(TOKEN, handle >>> 0, tag),
  };
}

/** @template {keyof typeof classes} K @param {K} name @returns {(typeof classes)[K]} */
const made = (name) => classes[name];

export const ReadOnlyBuffer = /* @__PURE__ */ made('ReadOnlyBuffer');
export const MutableBuffer = /* @__PURE__ */ made('MutableBuffer');
export const readOnly = /* @__PURE__ */ made('readOnly');
export const mutable = /* @__PURE__ */ made('mutable');
