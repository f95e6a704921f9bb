// @ts-check
// Memory that threads share. Only builds with shared memory have this folder.
//
// A view of shared memory is never detached. When memory grows, `memory.buffer` is another object, which is longer; the earlier ones stay, and
// show the same bytes.

import { around } from '../codecs.js';
import { arrays } from '../elements.js';
import { setShared } from '../heap.js';
import { setWrap, wasm } from '../memory.js';
import { counting } from './inside.js';

/** The module of this package, for the workers that join. @type {WebAssembly.Module | undefined} */
export let module;

/** The newest `memory.buffer`, and views of it by element tag. @type {ArrayBufferLike | null} */
let newest = null;
/** @type {any[]} */
let views = [];

/** All that were seen, and whether they are names of this memory. @type {WeakMap<ArrayBufferLike, boolean>} */
const known = new WeakMap();

/** @param {number} tag @returns {any} As long as memory is now. Another thread may have made it grow. */
function heap(tag) {
  const { buffer } = wasm.memory;
  if (buffer !== newest) {
    newest = buffer;
    views = [];
  }
  return (views[tag] ??= new arrays[tag](buffer));
}

/**
 * True for another `buffer` of this memory: one from before it grew, or one that only another module has asked for.
 * @param {ArrayBufferLike} buffer
 */
function isEarlier(buffer) {
  if (typeof SharedArrayBuffer !== 'function' || !(buffer instanceof SharedArrayBuffer)) return false;
  let isOurs = known.get(buffer);
  if (isOurs === undefined) known.set(buffer, (isOurs = showsProbe(buffer)));
  return isOurs;
}

/** The address of a word of this thread that nothing else uses. */
let probe = 0;

/** @param {number} address */
export const setProbe = (address) => void (probe = address);

/** What is written to the probe can be read through another name of the same memory. @param {SharedArrayBuffer} buffer */
function showsProbe(buffer) {
  if (probe === 0 || buffer.byteLength < probe + 4) return false;
  const here = new Int32Array(wasm.memory.buffer, probe, 1);
  const there = new Int32Array(buffer, probe, 1);
  return [0x5eed, ~0x5eed].every((value) => {
    here[0] = value;
    return there[0] === value;
  });
}

/** Browsers encode into private memory only. */
class SharedEncoder {
  #encoder;
  #private = new Uint8Array(1 << 14);

  /** @param {any} encoder */
  constructor(encoder) {
    this.#encoder = encoder;
  }

  /** @param {string} text @returns {Uint8Array} */
  encode(text = '') {
    return this.#encoder.encode(text);
  }

  /** @param {string} text @param {Uint8Array} target @returns {{ read: number, written: number }} */
  encodeInto(text, target) {
    if (target.length > this.#private.length) {
      // As long as the text: a block of its own. The array is not kept.
      const bytes = new Uint8Array(target.length);
      const result = this.#encoder.encodeInto(text, bytes);
      target.set(bytes.subarray(0, result.written));
      return result;
    }
    const result = this.#encoder.encodeInto(text, this.#private.subarray(0, target.length));
    target.set(this.#private.subarray(0, result.written));
    return result;
  }
}

/** And they decode private memory only. */
class SharedDecoder {
  #decoder;

  /** @param {any} decoder */
  constructor(decoder) {
    this.#decoder = decoder;
  }

  /** @param {Uint8Array} [bytes] @returns {string} */
  decode(bytes = new Uint8Array(0)) {
    return this.#decoder.decode(bytes.slice());
  }
}

/** Called from wasm, before anything else of this thread. @param {WebAssembly.Module | undefined} compiled @param {boolean} isFirst True on the first thread of the memory. */
export function prepare(compiled, isFirst) {
  if (!isFirst) setWrap(counting);
  module = compiled;
  newest = null;
  setShared(heap, isEarlier);
  around.encoder = (encoder) => /** @type {any} */ (new SharedEncoder(encoder));
  around.decoder = (decoder) => /** @type {any} */ (new SharedDecoder(decoder));
}
