// @ts-check
// Buffers over Rust's own slices, for the length of a callback.

import { mutable, readOnly } from './buffers.js';
import { LendError } from './error.js';
import { end, handle, LENT } from './handles.js';

/** @param {number} handle @param {number} tag @param {boolean} isMutable */
export function lentBuffer(handle, tag, isMutable) {
  if (handle === 0) throw new LendError('ERR_LEND_OOM', 'a callback: no handle is left for the buffer that it would be lent');
  return isMutable ? mutable(handle, tag, true) : readOnly(handle, tag, true);
}

/** The callback has returned. @param {any} buffer */
export function endLent(buffer) {
  if (handle(buffer) !== 0) end(buffer, LENT);
}
