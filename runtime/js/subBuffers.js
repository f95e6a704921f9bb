// @ts-check
// Sub-buffers: ranges, other element types, and shapes.

import { arrayNames, arrays } from './elements.js';
import { describe, isArray, LendError, readingThrew } from './error.js';
import { heap } from './heap.js';
import { returned, wasm } from './memory.js';

/** @param {number | undefined} index @param {number} length @param {number} absent @returns {number} The position, counted as `subarray` of typed arrays does. */
function position(index, length, absent) {
  if (index === undefined) return absent;
  const whole = Math.trunc(index) || 0;
  return whole < 0 ? Math.max(length + whole, 0) : Math.min(whole, length);
}

/** @param {unknown} index An argument of `subarray`. */
export function numberOf(index) {
  try {
    return index === undefined ? undefined : Number(index);
  } catch {
    throw new LendError('ERR_LEND_TYPE', `subarray() takes whole numbers; got ${describe(index)}`);
  }
}

/** @param {number} length @param {number | undefined} begin @param {number | undefined} end @returns {[number, number]} The start and the length. */
export function rangeOf(length, begin, end) {
  const start = position(begin, length, 0);
  return [start, Math.max(position(end, length, length) - start, 0)];
}

/**
 * The number of elements if the bytes of a buffer are read as another type.
 * @param {number} handle @param {number} bytes @param {number} tag @param {string} what
 */
export function elementsIn(handle, bytes, tag, what) {
  const size = arrays[tag].BYTES_PER_ELEMENT;
  if (bytes % size !== 0) {
    throw new LendError('ERR_LEND_RANGE', `${what}: ${bytes} bytes are no whole number of elements of ${size} bytes`);
  }
  const address = wasm.lend_address(handle) >>> 0;
  if (arrays[tag].from !== undefined && arrays[tag].fields === undefined && address % size !== 0) {
    throw new LendError(
      'ERR_LEND_RANGE',
      `${what}: the first byte is at ${address}, and a ${arrayNames[tag]} has to start at a multiple of ${size}`,
    );
  }
  return bytes / size;
}

/** @param {number} handle @param {number} length @returns {[number[], number[]]} The lengths of the axes, and the strides. */
export function layoutOf(handle, length) {
  const address = wasm.lend_layout(handle) >>> 0;
  if (address === 0) return [[length], [1]];
  const start = address >>> 2;
  const count = heap(4)[returned];
  const numbers = [...heap(4).subarray(start, start + count)];
  return [numbers.slice(0, count / 2), numbers.slice(count / 2)];
}

/** @param {any} lengths @param {string} what @returns {number[]} A copy. Reading may run foreign code, so it is done once. */
export function axesOf(lengths, what) {
  let axes;
  try {
    axes = isArray(lengths) ? [...lengths.slice(0, 33)] : [];
  } catch (error) {
    throw readingThrew(`${what}: the Array of lengths`, error);
  }
  if (axes.length === 0 || axes.length > 32 || !axes.every((axis) => Number.isInteger(axis) && axis >= 0)) {
    throw new LendError('ERR_LEND_TYPE', `${what} takes an Array of 1 to 32 lengths, whole numbers from 0 on`);
  }
  return axes;
}

/** @param {number} handle @param {number} length @param {number[]} lengths @param {string} what */
export function reshape(handle, length, lengths, what) {
  const product = lengths.reduce((/** @type {number} */ product, /** @type {number} */ axis) => product * axis, 1);
  if (product !== length) {
    throw new LendError('ERR_LEND_RANGE', `${what}: [${lengths.join(', ')}] are ${product} elements; the buffer has ${length}`);
  }
  const address = wasm.lend_set_layout(handle, lengths.length) >>> 0;
  // Row by row: elements along the last axis are neighbours.
  const strides = lengths.map((_, axis) =>
    lengths.slice(axis + 1).reduce((/** @type {number} */ product, /** @type {number} */ each) => product * each, 1));
  heap(4).set([...lengths, ...strides], address >>> 2);
}
