// @ts-check
// Buffers that the function keeps or takes.

import { handle, isBuffer, spend } from './handles.js';
import { arrayName, arrayNames, isLost, lengthOf, MUTABLE, Packed } from './elements.js';
import { copyToBuffer, noMemory, notLendable } from './copies.js';
import { poison, wasm } from './memory.js';

/** What snippets get for arguments that the function owns. @param {object} runtime */
export const attachOwned = (runtime) => void Object.assign(runtime, { $give: give, $takeBack: takeBack, $spend: spend });

/**
 * Gives the function a copy of a plain typed array that it may keep; `takeBack` ends that.
 * @param {any} value
 * @param {number} shape The tag, and whether the function takes a mutable buffer.
 * @param {string} name
 * @param {number} index
 * @param {(value: any) => void} [check] Compares a buffer with earlier arguments of the call, of which one may be a view.
 */
export function give(value, shape, name, index, check) {
  const tag = shape & ~MUTABLE;
  const isArray = arrayName(value) === arrayNames[tag];
  if (isArray ? isLost(value) : !Packed.is(value, tag)) {
    const live = handle(value);
    if (live === 0) throw notLendable(value, name, index);
    check?.(value);
    return live;
  }
  const copy = copyToBuffer(value, shape);
  if (copy === 0) throw noMemory(name, index, isArray ? lengthOf(value) : value.length, tag);
  return copy;
}

/**
 * Frees a copy, if it is one and the function has not taken it: then its handle is dead and nothing happens.
 * @param {unknown} value
 * @param {number} handle
 */
export function takeBack(value, handle) {
  if (!isBuffer(value) && handle !== 0 && poison === null) wasm.lend_free(handle);
}
