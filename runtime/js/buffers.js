// @ts-check
// The two classes a user holds.

import { forget, freeCollected, note } from './accounting.js';
import { arrayNames, arrays, MUTABLE, NO_SHAPE, tagOfType, typedArrays } from './elements.js';
import { describe, LendError } from './error.js';
import { end, ENDED, FREED, gone, handle, HELD, Held, keepers, LIVE, MOVED, RETURNED, SPENT, stateOf } from './handles.js';
import { countView, heap, poison, wasm } from './memory.js';
import { again, born, died, REGISTER } from './nursery.js';
import { elementsIn, layoutOf, rangeOf, reshape } from './parts.js';
import { drops } from './pendingDrops.js';
import { onRelease, tell } from './release.js';
import { keep } from './scope.js';

// Made by a function, so that a bundler sees that an app without buffers does not need them.
const classes = /* @__PURE__ */ makeClasses();

function makeClasses() {
  /** Only this file constructs buffers. */
  const TOKEN = Symbol('wasm-lend');

  /** Gives back what was dropped without `free()`. */
  const registry = new FinalizationRegistry(freeCollected);

  /** What both kinds have in common. */
  class LentBuffer extends Held {
    #tag;
    /** @type {any} */
    #view = null;
    /** The view, while a call takes the buffer. @type {any} */
    #spentView = null;
    #isRegistered = false;
    #isLent;

    /**
     * @param {symbol} token
     * @param {number} handle
     * @param {number} tag
     * @param {boolean} [isLent] To a callback, for its length.
     */
    constructor(token, handle, tag, isLent = false) {
      super(token === TOKEN ? handle : 0);
      if (token !== TOKEN) {
        const create = new.target === MutableBuffer ? 'createMutableBuffer' : 'createReadOnlyBuffer';
        throw new LendError('ERR_LEND_TYPE', `new ${new.target.name}() does not exist: use lend.${create}(typedArray)`);
      }
      this.#tag = tag;
      this.#isLent = isLent;
      if (isLent) return;
      born(this);
      note(handle);
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
        countView();
        // The last is for records, whose accessors ask their buffer again when memory has grown.
        this.#view = new arrays[this.#tag](memory, address, length, this);
        if (!this.#isLent) keepers.set(this.#view, this);
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
      return handle(this) === 0 && !this.freed && !this.#isLent;
    }

    /** @param {any} begin @param {any} end */
    subarray(begin, end) {
      const handle = this.#own('subarray()');
      const [start, length] = rangeOf(wasm.lend_length(handle) >>> 0, begin, end);
      return this.#part(handle, this.#tag, start, length, 'subarray()');
    }

    /** @param {any} type */
    as(type) {
      const handle = this.#own('as()');
      const what = `${this.#name()}.as()`;
      const tag = tagOfType(type);
      if (tag === -1) throw new LendError('ERR_LEND_TYPE', `${what} takes a typed array's constructor (${typedArrays}); got ${describe(type)}`);
      return this.#part(handle, tag, 0, elementsIn(handle, this.byteLength, tag, what), 'as()');
    }

    /** @param {any} lengths */
    reshape(lengths) {
      const handle = this.#own('reshape()');
      const length = wasm.lend_length(handle) >>> 0;
      // First, so that a shape that does not fit leaves nothing behind.
      const part = this.#part(handle, this.#tag, 0, length, 'reshape()');
      try {
        reshape(part.#live('reshape()'), length, lengths, `${this.#name()}.reshape()`);
      } catch (error) {
        part.free();
        throw error;
      }
      return part;
    }

    get shape() {
      const handle = this.#live('shape');
      return layoutOf(handle, wasm.lend_length(handle) >>> 0)[0];
    }

    get strides() {
      const handle = this.#live('strides');
      return layoutOf(handle, wasm.lend_length(handle) >>> 0)[1];
    }

    /** @param {number} handle @param {number} tag @param {number} start @param {number} length @param {string} member @returns {LentBuffer} */
    #part(handle, tag, start, length, member) {
      const part = wasm.lend_part(handle, tag, start, length) >>> 0;
      if (part === 0) throw new LendError('ERR_LEND_OOM', `${this.#name()}.${member}: no handle is left, or the memory is not aligned`);
      return this instanceof MutableBuffer ? new MutableBuffer(TOKEN, part, tag) : new ReadOnlyBuffer(TOKEN, part, tag);
    }

    get holders() {
      return wasm.lend_holders(this.#live('holders')) >>> 0;
    }

    keep() {
      this.#own('keep()');
      keep(this);
      return this;
    }

    /** @param {any} callback */
    onRelease(callback) {
      onRelease(this.#own('onRelease()'), callback, `${this.#name()}.onRelease()`);
      return this;
    }

    free() {
      const held = handle(this);
      // Not there any more is no error; what a running call is about to take is not there to be freed.
      if (held === 0) return this.#refuseWhileTaken();
      if (this.#isLent) throw this.#isOnlyLent('free()');
      // First, for whatever is dropped with it may throw, or look at this buffer.
      end(this, FREED);
      try {
        wasm.lend_free(held);
      } finally {
        if (drops.any) drops.run();
        tell();
      }
    }

    #refuseWhileTaken() {
      if (stateOf(this) > MOVED && !this.#isLent) throw gone(stateOf(this), `${this.#name()}.free()`);
    }

    /** @returns {ReadOnlyBuffer} */
    freeze() {
      const handle = this.#own('freeze()');
      const wasFrozen = (wasm.lend_shape(handle) & MUTABLE) === 0;
      // A part of a buffer that was frozen is read-only already.
      const frozen = (wasFrozen ? wasm.lend_part(handle, this.#tag, 0, this.length) : wasm.lend_freeze(handle)) >>> 0;
      if (frozen === 0) {
        const why = ['no handle is left', 'a call that is still running holds the buffer', 'Rust has taken a part of the buffer'];
        const borrowed = wasm.lend_is_borrowed(handle);
        throw new LendError(borrowed ? 'ERR_LEND_BORROWED' : 'ERR_LEND_OOM', `${this.#name()}.freeze(): ${why[borrowed]}`);
      }
      if (wasFrozen) wasm.lend_free(handle);
      end(this, MOVED);
      const buffer = new ReadOnlyBuffer(TOKEN, frozen, this.#tag);
      // What was given out over this one is over the same memory, and keeps it through both.
      keepers.set(this, buffer);
      return buffer;
    }

    /** @param {string} member @returns {number} The handle of a buffer that is there. */
    #live(member) {
      const what = `${this.#name()}.${member}`;
      if (handle(this) === 0) throw gone(stateOf(this), what);
      if (wasm.lend_shape(handle(this)) >>> 0 === NO_SHAPE) throw gone(MOVED, what);
      return handle(this);
    }

    /** @param {string} member @returns {number} The same, of one that is not lent. */
    #own(member) {
      if (this.#isLent && handle(this) !== 0) throw this.#isOnlyLent(member);
      return this.#live(member);
    }

    /** @param {string} member */
    #isOnlyLent(member) {
      return new LendError('ERR_LEND_BORROWED', `${this.#name()}.${member}: the buffer is lent to a callback, until that returns; copy what you need`);
    }

    [REGISTER]() {
      if (handle(this) === 0 || this.#isRegistered) return;
      this.#isRegistered = true;
      registry.register(this, handle(this), this);
    }

    [SPENT]() {
      this.#spentView = this.#view;
      this.#view = null;
    }

    [RETURNED]() {
      this.#view = this.#spentView;
      this.#spentView = null;
      // It may have been passed over meanwhile.
      if (!this.#isRegistered) again(this);
    }

    /** @param {number} handle The one it had. */
    [ENDED](handle) {
      this.#view = this.#spentView = null;
      if (this.#isLent) return;
      if (this.#isRegistered) registry.unregister(this);
      else died(this);
      forget(handle);
    }

    #name() {
      return this instanceof MutableBuffer ? 'MutableBuffer' : 'ReadOnlyBuffer';
    }

    toString() {
      const type = `${this.#name()}<${arrayNames[this.#tag]}>`;
      if (stateOf(this) !== LIVE) return `a ${['', 'freed', 'moved', 'formerly lent', 'moved'][stateOf(this)]} ${type}`;
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
  Object.defineProperty(LentBuffer.prototype, HELD, { value: true });
  if (Symbol.dispose) Object.defineProperty(LentBuffer.prototype, Symbol.dispose, { value: LentBuffer.prototype.free });

  // Freezing is for mutable buffers; the method stands above because it needs the private fields.
  Object.defineProperty(MutableBuffer.prototype, 'freeze', { value: LentBuffer.prototype.freeze });
  // @ts-expect-error: not optional in the class.
  delete LentBuffer.prototype.freeze;
  for (const buffer of [ReadOnlyBuffer, MutableBuffer]) {
    Object.defineProperty(buffer.prototype, Symbol.toStringTag, { value: buffer.name });
  }

  // Nobody else can put themselves between these, and so construct a buffer with a handle of their own.
  for (const Class of [LentBuffer, ReadOnlyBuffer, MutableBuffer]) Object.preventExtensions(Class);

  return {
    ReadOnlyBuffer,
    MutableBuffer,
    /** @param {number} handle @param {number} tag @param {boolean} [isLent] */
    readOnly: (handle, tag, isLent) => new ReadOnlyBuffer(TOKEN, handle >>> 0, tag, isLent),
    /** @param {number} handle @param {number} tag @param {boolean} [isLent] */
    mutable: (handle, tag, isLent) => new MutableBuffer(TOKEN, handle >>> 0, tag, isLent),
  };
}

/** @template {keyof typeof classes} K @param {K} name @returns {(typeof classes)[K]} */
const made = (name) => classes[name];

export const ReadOnlyBuffer = /* @__PURE__ */ made('ReadOnlyBuffer');
export const MutableBuffer = /* @__PURE__ */ made('MutableBuffer');
export const readOnly = /* @__PURE__ */ made('readOnly');
export const mutable = /* @__PURE__ */ made('mutable');
