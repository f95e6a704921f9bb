// @ts-check
// Strings: into wasm memory as UTF-8, and out of it. The layout is that of `runtime/src/text.rs`.

import { newDecoder, newEncoder } from './codecs.js';
import { noResult } from './copies.js';
import { LendError } from './error.js';
import { heap } from './heap.js';
import { key, poison, returned, wasm, whenReplaced } from './memory.js';
import { errorBeforeCall, unwrapped } from './refusal.js';

/** Made when it is needed. @type {import('./codecs.js').Encoder | undefined} */
let encoder;
/** @type {import('./codecs.js').Decoder | undefined} */
let decoder;

/** `SIZE` of `runtime/src/text.rs`. */
const SCRATCH_BYTES = 1 << 14;

/** Up to this length a loop encodes faster than `TextEncoder` (docs/PERFORMANCE.md). */
const SHORT = /* @__PURE__ */ isNode() ? 24 : 80;

function isNode() {
  const { process, Deno, Bun } = /** @type {any} */ (globalThis);
  return process?.release?.name === 'node' && Deno === undefined && Bun === undefined;
}

/** Up to this length a loop decodes faster than `TextDecoder` (docs/PERFORMANCE.md). */
const SHORT_RESULT = 16;

/** The bytes before each string, as in `runtime/src/text.rs`. */
const HEADER = 8;

/** The address of the scratch memory for strings, and an index into `heap(4)` where its top is. */
// `var`, as in handles.js.
var scratch = 0;
var top = 0;

/** The bytes of the scratch memory. @type {Uint8Array} */
var scratchBytes = new Uint8Array(0);

/** Finds the memory, at the first string and whenever it has grown. */
function find() {
  if (scratch === 0) start();
  words = heap(4);
}

function start() {
  const address = wasm.lend_text_area() >>> 0;
  top = address >>> 2;
  scratch = address + 8;
  whenReplaced(reset);
}

/** Runs when another instance takes over, with a memory of its own. */
function reset() {
  scratch = top = 0;
  scratchBytes = bytes = new Uint8Array(0);
  words = new Uint32Array(0);
}

/** The memory, from `heap(0)` and `heap(4)`. Each call needs them, so they are not looked up in a list. */
var bytes = new Uint8Array(0);
var words = new Uint32Array(0);

/** Writes the first string of a call, and returns the number as which it crosses. @param {string} value */
export function text(value) {
  // It needs no memory.
  if (value === '') return 0;
  if (words.length === 0) find();
  return encode(value, words[top]);
}

/** A string that an import of wasm returns. @param {string} value */
export function textForRust(value) {
  try {
    return text(value);
  } catch (error) {
    throw unwrapped(error);
  }
}

/** The same for a further string of the call. @param {string} value @param {...number} earlier The numbers of those before it. */
export function textAfter(value, ...earlier) {
  if (value === '') return 0;
  if (words.length === 0) find();
  let start = words[top];
  for (const text of earlier) {
    // Above it, at a multiple of 8, since Rust copies words. A string in a block lies elsewhere.
    if ((text & 1) === 0) start = Math.max(start, ((text >>> 16) + HEADER + ((text >>> 1) & 0x7fff) + 7) & ~7);
  }
  return encode(value, start);
}

/** @param {string} value @param {number} start */
function encode(value, start) {
  const { length } = value;
  if (length > SHORT || start > SCRATCH_BYTES - HEADER - SHORT * 3) return longText(value, start);
  if (bytes.length === 0) bytes = heap(0);
  const to = scratch + HEADER + start;
  const memory = words;
  let i = 0;
  // Four characters a step: strings start at multiples of 8.
  for (let word = to >>> 2; i + 4 <= length; i += 4) {
    const a = value.charCodeAt(i);
    const b = value.charCodeAt(i + 1);
    const c = value.charCodeAt(i + 2);
    const d = value.charCodeAt(i + 3);
    if ((a | b | c | d) > 0x7f) break;
    memory[word++] = a | (b << 8) | (c << 16) | (d << 24);
  }
  for (; i < length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 0x7f) return written(start, i + encodeRest(value, i, to + i));
    bytes[to + i] = unit;
  }
  return written(start, length);
}

/**
 * The number as which a string crosses that was written to scratch memory. Its header has the same number, mixed with the key, so that Rust
 * recognises made-up numbers.
 * @param {number} start @param {number} length In bytes.
 */
function written(start, length) {
  const text = (start << 16) | (length << 1);
  words[(scratch + start) >>> 2] = text ^ key;
  return text;
}

/** @param {string} value @param {number} start */
function longText(value, start) {
  // A UTF-16 unit takes up to three bytes.
  return start + HEADER + value.length * 3 > SCRATCH_BYTES ? textInBlock(value) : written(start, encodeLong(value, start));
}

/** @param {string} value @param {number} from @param {number} start */
function encodeRest(value, from, start) {
  const { length } = value;
  let to = start;
  for (let i = from; i < length; i++) {
    let code = value.charCodeAt(i);
    if (code < 0x80) {
      bytes[to++] = code;
      continue;
    }
    if (code < 0x800) {
      bytes[to++] = 0xc0 | (code >> 6);
    } else {
      if (code >= 0xd800 && code < 0xe000) {
        // Half a surrogate pair becomes U+FFFD, as in TextEncoder.
        code = /** @type {number} */ (value.codePointAt(i));
        if (code > 0xffff) i++;
        else code = 0xfffd;
      }
      if (code > 0xffff) {
        bytes[to++] = 0xf0 | (code >> 18);
        bytes[to++] = 0x80 | ((code >> 12) & 0x3f);
      } else {
        bytes[to++] = 0xe0 | (code >> 12);
      }
      bytes[to++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[to++] = 0x80 | (code & 0x3f);
  }
  return to - start;
}

/** @param {string} value @param {number} start */
function encodeLong(value, start) {
  // Of length 0 when memory has grown.
  if (scratchBytes.length === 0) scratchBytes = heap(0).subarray(scratch + HEADER, scratch + SCRATCH_BYTES);
  return (encoder ??= newEncoder()).encodeInto(value, start === 0 ? scratchBytes : scratchBytes.subarray(start)).written;
}

/** @param {string} value */
function textInBlock(value) {
  // Most long strings are ASCII, with one byte a unit. For others a larger block costs less than a second step.
  const capacity = value.length * (value.charCodeAt(0) > 0x7f || value.charCodeAt(value.length >> 1) > 0x7f ? 3 : 1);
  let address = wasm.lend_text(capacity) >>> 0;
  if (address === 0) throw noMemory(value);
  encoder ??= newEncoder();
  let { read, written } = encoder.encodeInto(value, heap(0).subarray(address, address + capacity));
  if (read < value.length) {
    const larger = written + (value.length - read) * 3;
    const moved = wasm.lend_text_grow(address, larger) >>> 0;
    if (moved === 0) {
      wasm.lend_text_abandon(wasm.lend_text_finish(address, 0, key), key);
      throw noMemory(value);
    }
    address = moved;
    written += encoder.encodeInto(value.slice(read), heap(0).subarray(address + written, address + larger)).written;
  }
  return wasm.lend_text_finish(address, written, key);
}

/** @param {string} value */
const noMemory = (value) => errorBeforeCall(new LendError('ERR_LEND_OOM', `no memory for a string of length ${value.length}`));

/**
 * Drops the strings of a call that an exception has left.
 * @param {unknown} error
 * @param {...number} texts
 * @returns {unknown} The error.
 */
export function dropText(error, ...texts) {
  // The last first, because they lie on top of each other.
  if (poison === null) for (const text of texts.reverse()) if (text !== 0) wasm.lend_text_abandon(text, key);
  return error;
}

/** The string that the last call has returned. @param {number} address @param {import('./signatures.js').About} about The function. */
export function string(address, about) {
  const words = heap(4);
  const length = words[returned];
  if (length === 0) return '';
  const handle = words[returned + 1];
  return handle === 0 ? decode(address >>> 0, length) : longString(address >>> 0, length, handle, about);
}

/** The same for a string with memory of its own, which is freed. @param {number} address @param {number} length @param {number} handle @param {import('./signatures.js').About} about */
function longString(address, length, handle, about) {
  let text;
  try {
    text = decode(address, length);
  } catch (cause) {
    throw noResult(about, handle, `a string of ${length} bytes`, cause);
  }
  wasm.lend_free(handle);
  return text;
}

/** @param {number} address @param {number} length */
export function decode(address, length) {
  const bytes = heap(0);
  if (length === 0) return '';
  if (length <= SHORT_RESULT && bytes[address] < 0x80) {
    let text = '';
    let at = address;
    const end = address + length;
    for (; at + 4 <= end; at += 4) {
      const a = bytes[at];
      const b = bytes[at + 1];
      const c = bytes[at + 2];
      const d = bytes[at + 3];
      if ((a | b | c | d) > 0x7f) break;
      text += String.fromCharCode(a, b, c, d);
    }
    for (; at < end && bytes[at] < 0x80; at++) text += String.fromCharCode(bytes[at]);
    if (at === end) return text;
  }
  return (decoder ??= newDecoder()).decode(bytes.subarray(address, address + length));
}
