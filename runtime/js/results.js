// @ts-check
// Buffers, and `Vec`s as typed arrays, as results.

import { countCopied, noResult } from './copies.js';
import { shifts } from './elements.js';
import { heap } from './heap.js';
import { returned, wasm } from './memory.js';

export { mutable, readOnly } from './buffers.js';

/**
 * Copies the `Vec` that the last call has returned.
 * @param {number} address
 * @param {number} tag
 * @param {import('./signatures.js').About} about The function.
 */
export function copyOut(address, tag, about) {
  const words = heap(4);
  const length = words[returned];
  const handle = words[returned + 1];
  if (handle !== 0) return copyLong(address, length, tag, handle, about);
  const start = address >>> shifts[tag];
  const copy = heap(tag).slice(start, start + length);
  countCopied(copy.byteLength);
  return copy;
}

/** The same for a `Vec` with memory of its own, which is freed. @param {number} address @param {number} length @param {number} tag @param {number} handle @param {import('./signatures.js').About} about */
function copyLong(address, length, tag, handle, about) {
  const elements = heap(tag);
  const start = address >>> shifts[tag];
  let copy;
  try {
    copy = elements.slice(start, start + length);
  } catch (cause) {
    throw noResult(about, handle, `${length * elements.BYTES_PER_ELEMENT} bytes`, cause);
  }
  countCopied(copy.byteLength);
  wasm.lend_free(handle);
  return copy;
}
