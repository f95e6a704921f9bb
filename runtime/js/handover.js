// @ts-check
// Buffers on their way to another thread: `lend.share()` makes a token that can be posted, `lend.receive()` makes a buffer of the token. Over
// shared memory nothing is copied. Without it the token has a copy.

import { isTemporary, mutable, readOnly } from './buffers.js';
import { copyToBuffer } from './copies.js';
import { arrayName, arrayNames, arrays, FIRST_RECORD, isLost, MUTABLE, NO_TAG, Packed, tagOfArray } from './elements.js';
import { describe, LendError } from './error.js';
import { end, endedError, handle, MOVED, unusable } from './handles.js';
import { isStarted, wasm } from './memory.js';

/**
 * @typedef {{ $lend: number, generation: number, memory: number }} SharedToken
 * @typedef {{ $lend: 0, elements: any, length: number, type: string, mutable: boolean }} CopyToken
 */

/**
 * What threads/realm.js has, over shared memory.
 * @type {{ send(handle: number, what: string): { token: SharedToken, isMoved: boolean }, receive(token: SharedToken): number, revoke(token: SharedToken): boolean } | null}
 */
let parcels = null;

/** Why buffers are copied. */
let reason = 'this package was built without shared memory (cargo xtask build --threads)';

/** @param {typeof parcels} functions @param {string} [why] Why there are none. */
export function setParcels(functions, why = reason) {
  parcels = functions;
  reason = why;
}

export const whyCopied = () => reason;

export const isShared = () => parcels !== null;

let hasSaid = false;

/** The thread that this worker has joined says it for all of them. */
export const leaveItUnsaid = () => void (hasSaid = true);

/** Says once what a user should know. */
function sayThatItCopies() {
  if (hasSaid) return;
  hasSaid = true;
  console.info(`wasm-lend: lend.share() copies the elements: ${reason}`);
}

/** @param {any} buffer @param {string} what @returns {number} Its handle. */
function sharedHandle(buffer, what) {
  if (!isStarted()) throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  const held = handle(buffer);
  if (held === 0) throw unusable(buffer, what) ?? new LendError('ERR_LEND_TYPE', `${what} takes a buffer; got ${describe(buffer)}`);
  if (wasm.lend_tag(held) >>> 0 === NO_TAG) throw endedError(MOVED, what);
  if (isTemporary(buffer)) throw new LendError('ERR_LEND_BORROWED', `${what}: the buffer is lent to a callback, until that returns; share a copy`);
  return held;
}

/** @param {any} buffer @returns {SharedToken | CopyToken} */
export function share(buffer) {
  const what = 'lend.share()';
  const held = sharedHandle(buffer, what);
  const tag = wasm.lend_tag(held) >>> 0;
  const isMutable = (tag & MUTABLE) !== 0;
  if (parcels !== null) {
    // Three numbers: a message costs more with each property.
    const { token, isMoved } = parcels.send(held, what);
    if (isMoved) end(buffer, MOVED);
    return token;
  }
  if (isMutable && wasm.lend_is_borrowed(held) !== 0) throw borrowed(what);
  sayThatItCopies();
  const token = copyToken(buffer, tag);
  if (isMutable) {
    end(buffer, MOVED);
    wasm.lend_free(held);
  }
  return token;
}

/** A token with a copy of the elements. @param {any} buffer @param {number} tag @returns {CopyToken} */
function copyToken({ view, length }, tag) {
  const elements = (tag & ~MUTABLE) < FIRST_RECORD ? view.slice() : view.bytes.slice();
  return { $lend: 0, elements, length, type: arrayNames[tag & ~MUTABLE], mutable: (tag & MUTABLE) !== 0 };
}

/** The same, and the buffer stays as it is. @param {any} buffer @returns {CopyToken} */
export const copyOfBuffer = (buffer) => copyToken(buffer, wasm.lend_tag(sharedHandle(buffer, 'a call of a worker')) >>> 0);

/** @param {string} what */
export const borrowed = (what) => new LendError('ERR_LEND_BORROWED', `${what}: the buffer, or a part of it, is borrowed by a call that is still running, or Rust has it`);

/** Tokens with copies that were received or revoked here. @type {WeakSet<object>} */
const used = new WeakSet();

/** @param {string} what */
const wasReceived = (what) => new LendError('ERR_LEND_MOVED', `${what}: the buffer of this token was received already, or revoked: a token works once`);

/** @param {any} token @param {string} what @returns {SharedToken | CopyToken} */
function checked(token, what) {
  const { $lend, generation, memory, type, mutable } = Object(token);
  const isToken = $lend === 0 ? typeof type === 'string' && typeof mutable === 'boolean' : [$lend, generation, memory].every((number) => typeof number === 'number' && number >>> 0 === number);
  if (!isStarted()) throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  if (!isToken) throw new LendError('ERR_LEND_TYPE', `${what} takes what lend.share() has returned; got ${describe(token)}`);
  // Its properties may be getters, so each is read once.
  return $lend === 0 ? token : { $lend, generation, memory };
}

/** @param {any} token @returns {any} A buffer. */
export function receive(token) {
  const what = 'lend.receive()';
  const read = checked(token, what);
  if (read.$lend === 0) {
    sayThatItCopies();
    return receiveCopy(/** @type {CopyToken} */ (read), what);
  }
  if (parcels === null) throw foreign(what);
  const held = parcels.receive(/** @type {SharedToken} */ (read));
  if (held === 0) throw wasReceived(what);
  const tag = wasm.lend_tag(held) >>> 0;
  const elementTag = tag & ~MUTABLE;
  return (tag & MUTABLE) !== 0 ? mutable(held, elementTag) : readOnly(held, elementTag);
}

/** @param {string} what */
export const foreign = (what) => new LendError('ERR_LEND_FOREIGN', `${what}: the token is of another memory: of another package, or of a page or worker that shares none with this one`);

/** @param {CopyToken} token @param {string} what @returns {any} A buffer. */
export function receiveCopy(token, what) {
  if (used.has(token)) throw wasReceived(what);
  const { elements, type, length, mutable: isMutable } = token;
  const isOfNumbers = arrayName(elements) === type;
  const tag = isOfNumbers ? tagOfArray(elements) : arrayNames.indexOf(type, FIRST_RECORD);
  if (tag === -1) throw new LendError('ERR_LEND_TYPE', `${what}: the elements of the token are ${describe(elements)}; the token says that they are ${type}, which this package must have`);
  if (isOfNumbers && isLost(elements)) throw new LendError('ERR_LEND_TYPE', `${what}: the elements of the token were transferred to somebody else`);
  const array = isOfNumbers ? elements : records(elements, tag, length, what);
  const held = copyToBuffer(array, tag | (isMutable ? MUTABLE : 0));
  if (held === 0) throw new LendError('ERR_LEND_OOM', `${what}: no memory for ${length} elements of ${type}`);
  used.add(token);
  return isMutable ? mutable(held, tag) : readOnly(held, tag);
}

/** The token may be made up, so its bytes are copied, and counted. @param {any} elements @param {number} tag @param {number} length @param {string} what */
function records(elements, tag, length, what) {
  const bytes = arrayName(elements) === 'Uint8Array' ? new Uint8Array(elements) : new Uint8Array(0);
  if (length >>> 0 !== length || bytes.length !== length * arrays[tag].BYTES_PER_ELEMENT) {
    throw new LendError('ERR_LEND_TYPE', `${what}: the token has ${bytes.length} bytes and says that they are ${describe(length)} of ${arrayNames[tag]}, which has ${arrays[tag].BYTES_PER_ELEMENT} bytes each`);
  }
  return new Packed(tag, length, bytes);
}

/** @param {any} token @returns {boolean} True if nobody had received it. */
export function revoke(token) {
  const what = 'lend.revoke()';
  const read = checked(token, what);
  if (read.$lend !== 0) {
    if (parcels === null) throw foreign(what);
    return parcels.revoke(/** @type {SharedToken} */ (read));
  }
  const isFirst = !used.has(token);
  used.add(token);
  return isFirst;
}

/** For Comlink: `Comlink.transferHandlers.set('lend', lend.transferHandler)`. */
export const transferHandler = /* @__PURE__ */ Object.freeze({
  /** @param {unknown} value */
  canHandle: (value) => handle(value) !== 0,
  /** @param {any} buffer */
  serialize(buffer) {
    const token = share(buffer);
    return [token, token.$lend === 0 ? [/** @type {CopyToken} */ (token).elements.buffer] : []];
  },
  deserialize: receive,
});
