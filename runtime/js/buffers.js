// @ts-check
// `ReadOnlyBuffer` and `MutableBuffer`.

import { forgetStack, register, rememberStack } from './accounting.js';
import { arrayNames, arrays, MUTABLE, NO_TAG, tagOfType, typedArrays } from './elements.js';
import { blobOf, copyOf, imageDataOf } from './engineCopies.js';
import { describe, LendError } from './error.js';
import {
  end, ENDED, endedError, FREEABLE, FREED, handle, HandleOwner, isOurs, keepers, LIVE, MOVED, notItself, RETURNED, stateOf, TAKE_STARTED, TAKING, TOKEN,
} from './handles.js';
import { heap } from './heap.js';
import { countView, mark, poison, wasm } from './memory.js';
import { enterNursery, leaveNursery, reenterNursery, REGISTER } from './nursery.js';
import { drops } from './pendingDrops.js';
import { afterTrap } from './poison.js';
import { callPending, onRelease } from './release.js';
import { keep } from './scope.js';
import { axesOf, elementsIn, layoutOf, numberOf, rangeOf, reshape } from './subBuffers.js';

// Made by a function, so that bundlers can leave the classes out of an app without buffers. No class extends an imported name: inside of a
// function Vite 8, and so vitest, would use that name before its definition.
const classes = /* @__PURE__ */ makeClasses();

function makeClasses() {
  const Base = HandleOwner;
  /** @type {(buffer: BaseBuffer) => any} */
  let makeView;
  /** @type {(buffer: BaseBuffer) => boolean} */
  let isTemporary;

  /** The members of both classes. */
  class BaseBuffer extends Base {
    #tag;
    /** @type {any} */
    #view = null;
    /** The view, while a call takes the buffer. @type {any} */
    #movedView = null;
    /** Once it is registered for garbage collection. @type {import('./accounting.js').Held | null} */
    #held = null;
    #isTemporary;

    /**
     * @param {symbol} token
     * @param {number} handle
     * @param {number} tag
     * @param {boolean} [isTemporary] True if it ends with the call of a callback.
     */
    constructor(token, handle, tag, isTemporary = false) {
      if (token !== TOKEN || (new.target !== MutableBuffer && new.target !== ReadOnlyBuffer)) {
        const create = new.target === MutableBuffer ? 'createMutableBuffer' : 'createReadOnlyBuffer';
        throw new LendError('ERR_LEND_TYPE', `new ${new.target.name}() does not exist: use lend.${create}(typedArray)`);
      }
      super(token, handle);
      this.#tag = tag;
      this.#isTemporary = isTemporary;
      if (isTemporary) return;
      enterNursery(this);
      rememberStack(handle);
    }

    /** The elements: the same typed array until memory grows, then a new one over the same elements. */
    get view() {
      // A Proxy has no private fields.
      const view = #view in this ? this.#view : null;
      // Length 0: detached, or empty. An empty view is cheap to make again.
      return view !== null && view.length !== 0 && handle(this) !== 0 ? view : makeView(this);
    }

    static {
      makeView = (buffer) => {
        const handle = live(buffer, 'view');
        const address = wasm.lend_address(handle) >>> 0;
        const length = wasm.lend_length(handle) >>> 0;
        const memory = heap(0).buffer;
        if (buffer.#view === null || buffer.#view.buffer !== memory) {
          countView();
          // The last argument is for records, whose accessors ask the buffer again when memory has grown.
          buffer.#view = new arrays[buffer.#tag](memory, address, length, buffer);
          if (!buffer.#isTemporary) keepers.set(buffer.#view, buffer);
        }
        return buffer.#view;
      };
      isTemporary = (buffer) => buffer.#isTemporary;
    }

    get length() {
      return wasm.lend_length(live(this, 'length')) >>> 0;
    }

    get byteLength() {
      return this.length * arrays[this.#tag].BYTES_PER_ELEMENT;
    }

    /** @param {number} index */
    at(index) {
      const { view } = this;
      if (typeof index !== 'number' && index !== undefined) throw new LendError('ERR_LEND_TYPE', `${nameOf(this)}.at() takes a number; got ${describe(index)}`);
      return view.at(index);
    }

    toArray() {
      const { view } = this;
      return view.toArray !== undefined ? view.toArray() : Array.from(view);
    }

    copy() {
      return copyOf(live(this, 'copy()'));
    }

    /** @param {any} width */
    toImageData(width) {
      return imageDataOf(live(this, 'toImageData()'), width, `${nameOf(this)}.toImageData()`);
    }

    /** @param {any} options */
    toBlob(options) {
      return blobOf(live(this, 'toBlob()'), options, `${nameOf(this)}.toBlob()`);
    }

    /** @param {string} field */
    column(field) {
      const { view } = this;
      if (view.column === undefined) throw new LendError('ERR_LEND_TYPE', `${nameOf(this)}.column(): its elements are numbers, not records`);
      return view.column(field);
    }

    get freed() {
      return stateOf(this) === FREED;
    }

    get moved() {
      const state = stateOf(this);
      return state === MOVED || state === TAKING;
    }

    /** @param {any} begin @param {any} end */
    subarray(begin, end) {
      own(this, 'subarray()');
      // That may run foreign code, so the handle is read after it.
      const [from, to] = [numberOf(begin), numberOf(end)];
      const handle = own(this, 'subarray()');
      const [start, length] = rangeOf(wasm.lend_length(handle) >>> 0, from, to);
      return this.#subBuffer(handle, this.#tag, start, length, 'subarray()');
    }

    /** @param {any} type */
    as(type) {
      const handle = own(this, 'as()');
      const what = `${nameOf(this)}.as()`;
      const tag = tagOfType(type);
      if (tag === -1) throw new LendError('ERR_LEND_TYPE', `${what} takes a typed array's constructor (${typedArrays}); got ${describe(type)}`);
      return this.#subBuffer(handle, tag, 0, elementsIn(handle, this.byteLength, tag, what), 'as()');
    }

    /** @param {any} lengths */
    reshape(lengths) {
      own(this, 'reshape()');
      // That may run foreign code, so the handle is read after it.
      const axes = axesOf(lengths, `${nameOf(this)}.reshape()`);
      const handle = own(this, 'reshape()');
      const length = wasm.lend_length(handle) >>> 0;
      // The sub-buffer first: a shape that does not fit frees it again.
      const sub = this.#subBuffer(handle, this.#tag, 0, length, 'reshape()');
      try {
        reshape(live(sub, 'reshape()'), length, axes, `${nameOf(this)}.reshape()`);
      } catch (error) {
        sub.free();
        throw error;
      }
      return sub;
    }

    get shape() {
      const handle = live(this, 'shape');
      return layoutOf(handle, wasm.lend_length(handle) >>> 0)[0];
    }

    get strides() {
      const handle = live(this, 'strides');
      return layoutOf(handle, wasm.lend_length(handle) >>> 0)[1];
    }

    /** @param {number} handle @param {number} tag @param {number} start @param {number} length @param {string} member @returns {BaseBuffer} */
    #subBuffer(handle, tag, start, length, member) {
      const sub = wasm.lend_part(handle, tag, start, length) >>> 0;
      if (sub === 0) throw new LendError('ERR_LEND_OOM', `${nameOf(this)}.${member}: no handle is left, or the memory is not aligned`);
      return this instanceof MutableBuffer ? new MutableBuffer(TOKEN, sub, tag) : new ReadOnlyBuffer(TOKEN, sub, tag);
    }

    get holders() {
      return wasm.lend_holders(live(this, 'holders')) >>> 0;
    }

    keep() {
      own(this, 'keep()');
      keep(this);
      return this;
    }

    /** @param {any} callback */
    onRelease(callback) {
      onRelease(own(this, 'onRelease()'), callback, `${nameOf(this)}.onRelease()`);
      return this;
    }

    free() {
      const held = handle(this);
      // It has ended, which is no error, or a running call is taking it.
      if (held === 0) return refuseToFree(this);
      if (this.#isTemporary) throw temporaryError(this, 'free()');
      // First, because what is dropped with the memory may throw or look at this buffer.
      end(this, FREED);
      try {
        wasm.lend_free(held);
      } catch (error) {
        // What is dropped may trap.
        throw afterTrap(error);
      } finally {
        if (drops.any) drops.run();
        callPending();
      }
    }

    /** @returns {ReadOnlyBuffer} */
    freeze() {
      const handle = own(this, 'freeze()');
      const wasFrozen = (wasm.lend_tag(handle) & MUTABLE) === 0;
      // A sub-buffer of a frozen buffer is read-only already.
      const frozen = (wasFrozen ? wasm.lend_part(handle, this.#tag, 0, this.length) : wasm.lend_freeze(handle)) >>> 0;
      if (frozen === 0) {
        const why = ['no handle is left', 'a call that is still running holds the buffer', 'Rust has taken a part of the buffer'];
        const borrowed = wasm.lend_is_borrowed(handle);
        throw new LendError(borrowed ? 'ERR_LEND_BORROWED' : 'ERR_LEND_OOM', `${nameOf(this)}.freeze(): ${why[borrowed]}`);
      }
      if (wasFrozen) wasm.lend_free(handle);
      end(this, MOVED);
      const buffer = new ReadOnlyBuffer(TOKEN, frozen, this.#tag);
      // Views of this buffer are over the same memory. They keep it through this buffer and the new one.
      keepers.set(this, buffer);
      return buffer;
    }

    [REGISTER]() {
      if (handle(this) !== 0 && !this.#isTemporary) this.#held ??= register(this, handle(this));
    }

    [TAKE_STARTED]() {
      this.#movedView = this.#view;
      this.#view = null;
    }

    [RETURNED]() {
      this.#view = this.#movedView;
      this.#movedView = null;
      // It may have left the nursery unregistered meanwhile.
      if (this.#held === null) reenterNursery(this);
    }

    /** @param {number} handle The handle that it had. */
    [ENDED](handle) {
      this.#view = this.#movedView = null;
      if (this.#isTemporary) return;
      if (this.#held === null) leaveNursery(this);
      else this.#held.handle = 0;
      forgetStack(handle);
    }

    toString() {
      if (!(#tag in this)) return Object.prototype.toString.call(this);
      const type = `${nameOf(this)}<${arrayNames[this.#tag]}>`;
      if (stateOf(this) !== LIVE) return `a ${['', 'freed', 'moved', 'formerly lent', 'moved', 'formerly used'][stateOf(this)]} ${type}`;
      if (poison !== null || wasm.lend_tag(handle(this)) >>> 0 === NO_TAG) return `a ${type}`;
      return `a ${type} of length ${wasm.lend_length(handle(this)) >>> 0}`;
    }

    /** For `new Uint8Array(buffer)`, `Array.from(buffer)`, `for … of` and spread. */
    [Symbol.iterator]() {
      return this.view[Symbol.iterator]();
    }

    /** For Node's `Buffer.from(buffer)`, which would treat it as an array otherwise. */
    valueOf() {
      return stateOf(this) === LIVE && handle(this) !== 0 && poison === null ? this.view : this;
    }

    toJSON() {
      return this.toArray();
    }

    /** @param {number} depth @param {object} options @param {(value: unknown, options: object) => string} inspect */
    [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
      const isThere = stateOf(this) === LIVE && handle(this) !== 0 && poison === null;
      if (!isOurs(this)) return this.toString();
      if (!isThere || depth < 0 || inspect === undefined) return `[${this.toString().slice(2)}]`;
      const { view } = this;
      const elements = inspect(view.toArray === undefined ? view : view.toArray(), options);
      return `${nameOf(this)} of ${elements}`;
    }
  }

  /** @param {BaseBuffer} buffer @param {string} member @returns {number} The handle of a live buffer. Throws for others. */
  function live(buffer, member) {
    const what = `${nameOf(buffer)}.${member}`;
    const held = handle(buffer);
    if (held === 0) throw isOurs(buffer) ? endedError(stateOf(buffer), what) : notItself(what);
    if (wasm.lend_tag(held) >>> 0 === NO_TAG) throw endedError(MOVED, what);
    return held;
  }

  /** @param {BaseBuffer} buffer @param {string} member @returns {number} The same. Throws for temporary buffers too. */
  function own(buffer, member) {
    const held = live(buffer, member);
    if (isTemporary(buffer)) throw temporaryError(buffer, member);
    return held;
  }

  /** @param {BaseBuffer} buffer @param {string} member */
  function temporaryError(buffer, member) {
    return new LendError('ERR_LEND_BORROWED', `${nameOf(buffer)}.${member}: the buffer is lent to a callback, until that returns; copy what you need`);
  }

  /** Freeing a buffer that has ended is no error. A buffer that a running call is taking cannot be freed. @param {BaseBuffer} buffer */
  function refuseToFree(buffer) {
    const what = `${nameOf(buffer)}.free()`;
    if (!isOurs(buffer)) throw notItself(what);
    if (stateOf(buffer) === TAKING) throw endedError(TAKING, what);
  }

  /** @param {BaseBuffer} buffer */
  const nameOf = (buffer) => (buffer instanceof MutableBuffer ? 'MutableBuffer' : 'ReadOnlyBuffer');

  class ReadOnlyBuffer extends BaseBuffer {}

  class MutableBuffer extends BaseBuffer {}

  Object.defineProperty(BaseBuffer.prototype, FREEABLE, { value: true });
  if (Symbol.dispose) Object.defineProperty(BaseBuffer.prototype, Symbol.dispose, { value: BaseBuffer.prototype.free });

  // Only mutable buffers have `freeze`. It stands above because it needs private fields.
  Object.defineProperty(MutableBuffer.prototype, 'freeze', { value: BaseBuffer.prototype.freeze });
  // @ts-expect-error: not optional in the class.
  delete BaseBuffer.prototype.freeze;
  for (const buffer of [ReadOnlyBuffer, MutableBuffer]) {
    Object.defineProperty(buffer.prototype, Symbol.toStringTag, { value: buffer.name });
  }

  // Frozen, so that nobody can put a class between these and construct a buffer with a handle of their own.
  for (const Class of [Base, BaseBuffer, ReadOnlyBuffer, MutableBuffer]) Object.freeze(Class);

  return {
    ReadOnlyBuffer,
    MutableBuffer,
    /** @param {number} handle @param {number} tag @param {boolean} [isTemporary] */
    readOnly: (handle, tag, isTemporary) => new ReadOnlyBuffer(TOKEN, handle >>> 0, tag, isTemporary),
    /** @param {number} handle @param {number} tag @param {boolean} [isTemporary] */
    mutable: (handle, tag, isTemporary) => new MutableBuffer(TOKEN, handle >>> 0, tag, isTemporary),
    isTemporary,
  };
}

/** @template {keyof typeof classes} K @param {K} name @returns {(typeof classes)[K]} */
const made = (name) => classes[name];

export const ReadOnlyBuffer = /* @__PURE__ */ made('ReadOnlyBuffer');
export const MutableBuffer = /* @__PURE__ */ made('MutableBuffer');
export const readOnly = /* @__PURE__ */ made('readOnly');
export const mutable = /* @__PURE__ */ made('mutable');
export const isTemporary = /* @__PURE__ */ made('isTemporary');
