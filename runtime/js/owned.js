// @ts-check
// Buffers that the function keeps or takes.

import { copyToBuffer, noMemory, wrongArgument } from './copies.js';
import { arrayName, arrayNames, isLost, lengthOf, MUTABLE, Packed } from './elements.js';
import { isOurs, taken, taking } from './handles.js';
import { poison, wasm } from './memory.js';

/** What snippets get for arguments that the function owns. @param {object} runtime */
export const attachOwned = (runtime) => void Object.assign(runtime, { $give: give, $takeBack: takeBack, $taking: taking, $taken: taken });

/**
 * Gives the function a copy of a plain typed array that it may keep; `takeBack` or `taken` ends that.
 * @param {any} value
 * @param {number} tag Element tag, and MUTABLE where the function takes a mutable buffer.
 * @param {string} name
 * @param {number} index
 */
export function give(value, tag, name, index) {
  const elementTag = tag & ~MUTABLE;
  const isArray = arrayName(value) === arrayNames[elementTag];
  if (isArray ? isLost(value) : !Packed.is(value, elementTag)) throw wrongArgument(value, name, index);
  const copy = copyToBuffer(value, tag);
  if (copy === 0) throw noMemory(name, index, isArray ? lengthOf(value) : value.length, elementTag);
  return copy;
}

/**
 * Gives up JavaScript's hold on the copy of a plain array; the function has its own if it has kept the buffer.
 * @param {unknown} value
 * @param {number} handle
 */
export function takeBack(value, handle) {
  if (handle !== 0 && !isOurs(value) && poison === null) wasm.lend_free_later(handle);
}
