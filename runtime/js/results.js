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
 * @param {string} name The function.
 */
function copyOut(address, tag, name) {
  const length = heap(4)[returned];
  const handle = heap(4)[returned + 1];
  const copy = sliced(address, length, tag, handle, name);
  if (handle !== 0) wasm.lend_free(handle);
  return copy;
}

/** @param {number} address @param {number} length @param {number} tag @param {number} handle @param {string} name */
function sliced(address, length, tag, handle, name) {
  const elements = heap(tag);
  const start = address >>> shifts[tag];
  try {
    const copy = elements.slice(start, start + length);
    countCopied(copy.byteLength);
    return copy;
  } catch (cause) {
    throw noResult(name, handle, `${length * elements.BYTES_PER_ELEMENT} bytes`, cause);
  }
}
