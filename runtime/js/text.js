// @ts-check
// Strings: into wasm memory as UTF-8, and out of it. The layout is that of `runtime/src/text.rs`.

import { LendError } from './error.js';
import { heap, poison, returned, wasm } from './memory.js';
import { early } from './refusal.js';

const encoder = new TextEncoder();
// A text may start with U+FEFF, and then it is a part of the text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** `AREA` of `runtime/src/text.rs`. */
const AREA = 1 << 14;

/** Up to this length a loop encodes faster than `TextEncoder`, whose call costs 45 ns in Node and 150 in browsers. */
const SHORT = 80;

/** Up to this length a loop decodes faster than `TextDecoder`, whose call costs 90 to 240 ns. */
const SHORT_RESULT = 16;

/** Where the area's bytes are, and its top (as an index into `heap(4)`). */
let area = 0;
let top = 0;

/** Where the next string of this call goes. */
let next = 0;

/** The area's bytes. @type {Uint8Array} */
let areaBytes = new Uint8Array(0);

/** @param {object} runtime */
export function attachText(runtime) {
  const address = wasm.lend_text_area() >>> 0;
  top = address >>> 2;
  area = address + 8;
  Object.assign(runtime, { $text: text, $textAfter: textAfter, $dropText: dropText, $string: string });
}

/** The first string of a call: how it crosses. @param {string} value */
function text(value) {
  next = heap(4)[top];
  return textAfter(value);
}

/** A further string of the same call. @param {string} value */
function textAfter(value) {
  const { length } = value;
  const start = next;
  // A UTF-16 unit takes up to three bytes.
  if (start + length * 3 > AREA) return textInBlock(value);
  const written = length <= SHORT ? encodeShort(value, length, area + start) : encodeLong(value, start);
  next = start + written;
  return (start << 16) | (written << 1);
}

/** @param {string} value @param {number} length @param {number} start */
function encodeShort(value, length, start) {
  const bytes = heap(0);
  let to = start;
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x80) {
      bytes[to++] = unit;
      continue;
    }
    if (unit < 0x800) {
      bytes[to++] = 0xc0 | (unit >> 6);
    } else {
      let code = unit;
      if (unit >= 0xd800 && unit < 0xe000) {
        // Half a pair alone is no character: U+FFFD, as TextEncoder has it.
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
      bytes[to++] = 0x80 | (code & 0x3f);
      continue;
    }
    bytes[to++] = 0x80 | (unit & 0x3f);
  }
  return to - start;
}

/** @param {string} value @param {number} start */
function encodeLong(value, start) {
  // Detached by growth, and then of length 0.
  if (areaBytes.length === 0) areaBytes = heap(0).subarray(area, area + AREA);
  return encoder.encodeInto(value, start === 0 ? areaBytes : areaBytes.subarray(start)).written;
}

/** @param {string} value */
function textInBlock(value) {
  // Most long strings are ASCII, of one byte a unit.
  const capacity = value.length;
  let address = wasm.lend_text(capacity) >>> 0;
  if (address === 0) throw noMemory(value);
  let { read, written } = encoder.encodeInto(value, heap(0).subarray(address, address + capacity));
  if (read < value.length) {
    const larger = written + (value.length - read) * 3;
    const moved = wasm.lend_text_grow(address, larger) >>> 0;
    if (moved === 0) {
      wasm.lend_text_abandon(wasm.lend_text_finish(address, 0));
      throw noMemory(value);
    }
    address = moved;
    written += encoder.encodeInto(value.slice(read), heap(0).subarray(address + written, address + larger)).written;
  }
  return wasm.lend_text_finish(address, written);
}

/** @param {string} value */
const noMemory = (value) => early(new LendError('ERR_LEND_OOM', `no memory for a string of length ${value.length}`));

/**
 * Forgets the strings of a call that an exception has left.
 * @param {unknown} error
 * @param {...number} texts
 * @returns {unknown} The error.
 */
function dropText(error, ...texts) {
  // In reverse, as they lie on top of each other.
  if (poison === null) for (const text of texts.reverse()) if (text !== 0) wasm.lend_text_abandon(text);
  return error;
}

/** The string that the last call returned. @param {number} address */
function string(address) {
  const words = heap(4);
  const length = words[returned];
  const handle = words[returned + 1];
  const text = decode(address >>> 0, length);
  if (handle !== 0) wasm.lend_free(handle);
  return text;
}

/** @param {number} address @param {number} length */
function decode(address, length) {
  const bytes = heap(0);
  if (length <= SHORT_RESULT) {
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
  return decoder.decode(bytes.subarray(address, address + length));
}
