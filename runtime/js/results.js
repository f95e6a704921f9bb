// @ts-check
// Buffers and arrays as results.

import { mutable, readOnly } from './buffers.js';
import { shifts } from './elements.js';
import { countCopied } from './copies.js';
import { heap, returned, wasm } from './memory.js';
import { noResult } from './unmade.js';

/** What snippets get for these. @param {object} runtime */
export const attachResults = (runtime) => void Object.assign(runtime, { $copyOut: copyOut, $readOnly: readOnly, $mutable: mutable });

/**
 * Copies the `Vec` that the last call returned.
 * @param {number} address
 * @param {number} tag
 */
function copyOut(address, tag) {
  const length = heap(4)[returned];
  const handle = heap(4)[returned + 1];
  const copy = sliced(address, length, tag, handle);
  if (handle !== 0) wasm.lend_free(handle);
  return copy;
}

/** @param {number} address @param {number} length @param {number} tag @param {number} handle */
function sliced(address, length, tag, handle) {
  const elements = heap(tag);
  const start = address >>> shifts[tag];
  try {
    const copy = elements.slice(start, start + length);
    countCopied(copy.byteLength);
    return copy;
  } catch (cause) {
    throw noResult(handle, `${length * elements.BYTES_PER_ELEMENT} bytes`, cause);
  }
}
