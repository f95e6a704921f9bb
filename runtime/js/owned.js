// @ts-check
// Buffers that the function keeps or takes.

import { isBuffer, spend } from './handles.js';
import { arrayName, arrayNames, arrays, MUTABLE } from './elements.js';
import { copyToBuffer, isPacked, noMemory, notLendable } from './copies.js';
import { poison, wasm } from './memory.js';

/** What snippets get for arguments that the function owns. @param {object} runtime */
export const attachOwned = (runtime) => void Object.assign(runtime, { $give: give, $takeBack: takeBack, $spend: spend });

/**
 * Gives the function a copy of a plain typed array that it may keep; `takeBack` ends that.
 * @param {any} value
 * @param {number} shape The tag, and whether the function takes a mutable buffer.
 * @param {string} name
 * @param {number} index
 */
export function give(value, shape, name, index) {
  const tag = shape & ~MUTABLE;
  if (arrayName(value) !== arrayNames[tag] && !isPacked(value, tag)) throw notLendable(value, name, index);
  const handle = copyToBuffer(value, shape);
  if (handle === 0) throw noMemory(name, index, value.length * arrays[tag].BYTES_PER_ELEMENT);
  return handle;
}

/**
 * Frees a copy, if it is one and the function has not taken it: then its handle is dead and nothing happens.
 * @param {unknown} value
 * @param {number} handle
 */
export function takeBack(value, handle) {
  if (!isBuffer(value) && handle !== 0 && poison === null) wasm.lend_free(handle);
}
