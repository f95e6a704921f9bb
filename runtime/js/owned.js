// @ts-check
// Buffers that the function retains or takes, and copies of plain arrays in their place.

import { copyToBuffer, noMemory, wrongArgument } from './copies.js';
import { arrayName, arrayNames, isLost, lengthOf, MUTABLE, Packed } from './elements.js';
import { isOurs, taken, taking } from './handles.js';
import { poison, wasm } from './memory.js';

/** Adds what snippets need for such arguments. @param {object} runtime */
export const attachOwned = (runtime) => void Object.assign(runtime, { $give: give, $takeBack: takeBack, $taking: taking, $taken: taken });

/**
 * Makes a buffer with a copy of a plain typed array, which the function may keep. `takeBack` or `taken` ends JavaScript's hold on it.
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
 * Ends JavaScript's hold on the copy of a plain array. If the function has kept the buffer, it has its own reference.
 * @param {unknown} value
 * @param {number} handle
 */
function takeBack(value, handle) {
  if (handle !== 0 && !isOurs(value) && poison === null) wasm.lend_free_later(handle);
}
