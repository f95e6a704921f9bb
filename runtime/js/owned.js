// @ts-check
// Buffers that the function retains or takes, and copies of plain arrays in their place.

import { arrayFor } from './arrayLikes.js';
import { copyToBuffer, noMemory, wrongArgument } from './copies.js';
import { arrayName, arrayNames, isLost, lengthOf, MUTABLE, Packed } from './elements.js';
import { isOurs } from './handles.js';
import { poison, wasm } from './memory.js';

/**
 * Makes a buffer with a copy of a plain typed array, which the function may keep. `takeBack` or `taken` ends JavaScript's hold on it.
 * @param {any} value
 * @param {number} tag Element tag, and MUTABLE where the function takes a mutable buffer.
 * @param {import('./signatures.js').About} about
 * @param {number} index
 */
export function give(value, tag, about, index) {
  const elementTag = tag & ~MUTABLE;
  const isArray = arrayName(value) === arrayNames[elementTag];
  if (!isArray && !Packed.is(value, elementTag)) return give(arrayFor(value, elementTag, about, index), tag, about, index);
  if (isArray && isLost(value)) throw wrongArgument(value, about, index);
  const copy = copyToBuffer(value, tag);
  if (copy === 0) throw noMemory(about, index, isArray ? lengthOf(value) : value.length, elementTag);
  return copy;
}

/**
 * Ends JavaScript's hold on the copy of a plain array. If the function has kept the buffer, it has its own reference.
 * @param {unknown} value
 * @param {number} handle
 */
export function takeBack(value, handle) {
  if (handle !== 0 && !isOurs(value) && poison === null) wasm.lend_free_later(handle);
}
