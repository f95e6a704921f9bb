// @ts-check
// `lend`: the object that users make buffers with.

import { leaks, onLeak, setLimit, stats } from './accounting.js';
import { mutable, readOnly } from './buffers.js';
import { copyToBuffer } from './copies.js';
import { arrayNames, arrays, FIRST_RECORD, isLost, lengthOf, MUTABLE, pack, tagOfArray, tagOfType, typedArrays } from './elements.js';
import { describe, isArray, LendError } from './error.js';
import { isStarted, wasm } from './memory.js';
import { callRust, callRustSync } from './names.js';
import { objectTable } from './objects.js';
import { isShared, receive, revoke, share, transferHandler } from './handover.js';
import { load } from './plugin/loader.js';
import { pool } from './pool.js';
import { onPanic } from './poison.js';
import { watch } from './release.js';
import { scope } from './scope.js';
import { join, serve } from './workers.js';

/** @param {string} what */
function started(what) {
  if (!isStarted()) {
    throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  }
}

/**
 * @param {string} what @param {any} array A typed array, or the class of a record. @param {any} records For a record: plain objects.
 * @param {number} mutability
 * @returns {[number, number]} Handle and tag.
 */
function create(what, array, records, mutability) {
  haveBuffers(what);
  if (records !== undefined && isArray(records) && tagOfType(array) >= FIRST_RECORD) {
    const tag = tagOfType(array);
    const packed = pack(tag, records, () => what);
    const handle = copyToBuffer(packed, tag | mutability);
    if (handle === 0) throw noMemory(what, packed.length, tag);
    return [handle, tag];
  }
  const tag = tagOfArray(array);
  if (tag === -1 || isLost(array)) {
    throw new LendError('ERR_LEND_TYPE', `${what} takes a typed array (${typedArrays}); got ${describe(array)}`);
  }
  const handle = copyToBuffer(array, tag | mutability);
  if (handle === 0) throw noMemory(what, lengthOf(array), tag);
  return [handle, tag];
}

/** A package of functions of numbers alone has no buffers: nothing could take one. @param {string} what */
function haveBuffers(what) {
  started(what);
  if (wasm.lend_alloc === undefined) {
    throw new LendError('ERR_LEND_TYPE', `${what}: no function of this package takes or returns a buffer, so the package has no buffers`);
  }
}

/** @param {string} what @param {number} length @param {number} tag */
function noMemory(what, length, tag) {
  const bytes = length * arrays[tag].BYTES_PER_ELEMENT;
  return new LendError('ERR_LEND_OOM', `${what}: no memory for ${length} elements of ${arrayNames[tag]} (${bytes} bytes)`);
}

// `PURE`: bundlers leave it out of an app that does not use it.
export const lend = /* @__PURE__ */ Object.freeze({
  /** @param {any} array @param {any} [records] */
  createReadOnlyBuffer(array, records) {
    return readOnly(...create('lend.createReadOnlyBuffer()', array, records, 0));
  },

  /** @param {any} array @param {any} [records] */
  createMutableBuffer(array, records) {
    return mutable(...create('lend.createMutableBuffer()', array, records, MUTABLE));
  },

  callRust,
  callRustSync,

  /** @param {any} type @param {number} length */
  alloc(type, length) {
    const what = 'lend.alloc()';
    haveBuffers(what);
    const tag = tagOfType(type);
    if (tag === -1) {
      throw new LendError('ERR_LEND_TYPE', `${what} takes a typed array's constructor (${typedArrays}); got ${describe(type)}`);
    }
    if (typeof length !== 'number' || length >>> 0 !== length) {
      const code = typeof length === 'number' ? 'ERR_LEND_RANGE' : 'ERR_LEND_TYPE';
      throw new LendError(code, `${what} takes a length from 0 to 4294967295; got ${describe(length)}`);
    }
    const handle = wasm.lend_alloc(tag | MUTABLE, length, 0) >>> 0;
    if (handle === 0) throw noMemory(what, length, tag);
    return mutable(handle, tag);
  },

  /** @param {any} source @param {any} [options] */
  async loadPlugin(source, options) {
    started('lend.loadPlugin()');
    return load(source, options);
  },

  /** True if workers that join share this memory. */
  get isShared() {
    return isShared();
  },

  join,
  serve,
  workers: pool,
  share,
  receive,
  revoke,
  transferHandler,
  // The names of wrflib, which was called Zaplib later.
  serializeForPostMessage: share,
  deserializeFromPostMessage: receive,
  serializeWrfArrayForPostMessage: share,
  deserializeWrfArrayFromPostMessage: receive,

  scope,
  onLeak,
  onPanic,
  watch,

  stats() {
    started('lend.stats()');
    return stats();
  },

  /** The table of the values that Rust has by index. */
  objectTable() {
    started('lend.objectTable()');
    return objectTable();
  },

  leaks() {
    started('lend.leaks()');
    return leaks();
  },

  /** @param {any} bytes */
  setLimit(bytes) {
    started('lend.setLimit()');
    setLimit(bytes);
  },
});
