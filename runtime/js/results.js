// @ts-check
// Buffers, and `Vec`s as typed arrays, as results.

import { mutable, readOnly } from './buffers.js';
import { countCopied, noResult } from './copies.js';
import { shifts } from './elements.js';
import { heap, returned, wasm } from './memory.js';

/** Adds what snippets need for such results. @param {object} runtime */
export const attachResults = (runtime) => void Object.assign(runtime, { $copyOut: copyOut, $readOnly: readOnly, $mutable: mutable });

/**
 * Copies the `Vec` that the last call has returned.
 * @param {number} address
 * @param {number} tag
 * @param {string} name The function.
 */
function copyOut(address, tag, name) {
  const words = heap(4);
  const length = words[returned];
  const handle = words[returned + 1];
  if (handle !== 0) return copyLong(address, length, tag, handle, name);
  const start = address >>> shifts[tag];
  const copy = heap(tag).slice(start, start + length);
  countCopied(copy.byteLength);
  return copy;
}

/** The same for a `Vec` with memory of its own, which is freed. @param {number} address @param {number} length @param {number} tag @param {number} handle @param {string} name */
function copyLong(address, length, tag, handle, name) {
  const elements = heap(tag);
  const start = address >>> shifts[tag];
  let copy;
  try {
    copy = elements.slice(start, start + length);
  } catch (cause) {
    throw noResult(name, handle, `${length * elements.BYTES_PER_ELEMENT} bytes`, cause);
  }
  countCopied(copy.byteLength);
  wasm.lend_free(handle);
  return copy;
}
