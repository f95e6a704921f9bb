// @ts-check
// Copies of buffers, for the functions of engines that refuse views of shared memory.

import { countCopied } from './copies.js';
import { arrayNames, arrays, MUTABLE } from './elements.js';
import { describe, LendError } from './error.js';
import { heap } from './heap.js';
import { wasm } from './memory.js';

/** @param {number} handle Of a buffer. */
const tagOf = (handle) => wasm.lend_tag(handle) & ~MUTABLE;

/** @param {number} handle Of a buffer. @returns {any} A typed array, or records, over an ArrayBuffer of its own. */
export function copyOf(handle) {
  const Type = arrays[tagOf(handle)];
  const length = wasm.lend_length(handle) >>> 0;
  const bytes = new Uint8Array(heap(0).buffer, wasm.lend_address(handle) >>> 0, length * Type.BYTES_PER_ELEMENT).slice();
  countCopied(bytes.length);
  return new Type(bytes.buffer, 0, length);
}

/** @param {number} handle Of a buffer. @param {any} width @param {string} what The call, for messages. */
export function imageDataOf(handle, width, what) {
  const tag = tagOf(handle);
  if (arrays[tag] !== Uint8Array && arrays[tag] !== Uint8ClampedArray) {
    throw new LendError('ERR_LEND_TYPE', `${what}: its elements are those of a ${arrayNames[tag]}, not bytes; use as(Uint8Array)`);
  }
  const length = wasm.lend_length(handle) >>> 0;
  // Arithmetic with anything but a number may run foreign code.
  const height = Number.isInteger(width) ? length / 4 / width : 0;
  if (height < 1 || !Number.isInteger(height)) {
    throw new LendError(
      typeof width === 'number' ? 'ERR_LEND_RANGE' : 'ERR_LEND_TYPE',
      `${what} takes a width that divides its ${length} bytes into rows, 4 bytes a pixel; got ${describe(width)}`,
    );
  }
  return new (hostClass('ImageData', what))(new Uint8ClampedArray(copyOf(handle).buffer), width);
}

/** @param {number} handle Of a buffer. @param {any} options @param {string} what The call, for messages. */
export const blobOf = (handle, options, what) => new (hostClass('Blob', what))([copyOf(handle).buffer], options);

/** @param {string} name @param {string} what @returns {any} */
function hostClass(name, what) {
  const Class = /** @type {any} */ (globalThis)[name];
  if (typeof Class !== 'function') throw new LendError('ERR_LEND_TYPE', `${what}: this host has no ${name}`);
  return Class;
}
