// @ts-check
// Stand-ins for what a host may lack. Everything of the host is looked up when it is used. An AudioWorklet has no text codecs, no `crypto` and no
// `queueMicrotask`. Cloudflare's workers have no random values at global scope, and with an older compatibility date they have no
// FinalizationRegistry.

/** Encodes UTF-8, as far as this package and wasm-bindgen's glue need it. */
export class Encoder {
  /** @param {string} [text] */
  encode(text = '') {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  /** @param {string} text @param {Uint8Array} target */
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      let code = /** @type {number} */ (text.codePointAt(read));
      const units = code > 0xffff ? 2 : 1;
      // Half a surrogate pair is no character.
      if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
      const bytes = bytesOf(code);
      if (written + bytes.length > target.length) break;
      for (const byte of bytes) target[written++] = byte;
      read += units;
    }
    return { read, written };
  }
}

/** @param {number} code */
function bytesOf(code) {
  if (code < 0x80) return [code];
  const low = 0x80 | (code & 0x3f);
  if (code < 0x800) return [0xc0 | (code >> 6), low];
  const middle = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x10000) return [0xe0 | (code >> 12), middle, low];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), middle, low];
}

/** Decodes UTF-8. A `str` of Rust is always valid. In other bytes each mistake becomes U+FFFD. */
export class Decoder {
  /** @param {Uint8Array} [bytes] */
  decode(bytes = new Uint8Array(0)) {
    let text = '';
    /** @type {number[]} */
    let codes = [];
    for (let at = 0; at < bytes.length; ) {
      const [code, length] = codeAt(bytes, at);
      codes.push(code);
      at += length;
      // Engines limit the number of arguments.
      if (codes.length === 4096) {
        text += String.fromCodePoint(...codes);
        codes = [];
      }
    }
    return text + String.fromCodePoint(...codes);
  }
}

/** @param {Uint8Array} bytes @param {number} at @returns {[number, number]} A character, and its number of bytes. */
function codeAt(bytes, at) {
  const first = bytes[at];
  if (first < 0x80) return [first, 1];
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i];
    if ((next & 0xc0) !== 0x80) return [0xfffd, 1];
    code = (code << 6) | (next & 0x3f);
  }
  const isCode = first >= 0xc2 && code < 0x110000 && code >= [0, 0, 0x80, 0x800, 0x10000][length] && (code < 0xd800 || code > 0xdfff);
  return isCode ? [code, length] : [0xfffd, 1];
}

const host = /** @type {any} */ (globalThis);

/** @type {Record<string, any>} */
const CODECS = { TextEncoder: Encoder, TextDecoder: Decoder };

/** Gives the host the codecs that it lacks: wasm-bindgen's glue makes some when it is loaded. They are removed when the package has started. */
export function prepareHost() {
  for (const name of Object.keys(CODECS)) if (typeof host[name] !== 'function') host[name] = CODECS[name];
}

// Now, because the glue is loaded right after this file.
prepareHost();

/** Removes the stand-ins from the host. The glue has its codecs by now. */
export function restoreHost() {
  for (const name of Object.keys(CODECS)) if (host[name] === CODECS[name]) delete host[name];
}

/** @returns {Encoder} */
export const newEncoder = () => new (host.TextEncoder ?? Encoder)();

/** A string may start with U+FEFF, which is then a part of it. @returns {Decoder} */
export const newDecoder = () => new (host.TextDecoder ?? Decoder)('utf-8', { ignoreBOM: true });

const settled = Promise.resolve();

/** Runs a function at the end of the task. @param {() => void} f */
export function soon(f) {
  if (typeof host.queueMicrotask === 'function') host.queueMicrotask(f);
  else settled.then(f);
}

/** @returns {number} 32 bits, not 0. Other code cannot guess it; on a host without random numbers it is only unlikely to. */
export function randomNumber() {
  try {
    return host.crypto.getRandomValues(new Uint32Array(1))[0] || 1;
  } catch {
    // Without `crypto`, or in Cloudflare's workers at global scope.
    return Math.trunc((Math.random() * 0xfffffffe + Date.now()) % 0xfffffffe) + 1;
  }
}

/**
 * Makes a registry that calls `free` for objects that were collected. On a host without FinalizationRegistry it does nothing: what nobody frees
 * stays allocated.
 * @template T @param {(held: T) => void} free @returns {FinalizationRegistry<T>}
 */
export function collector(free) {
  const { FinalizationRegistry } = host;
  return typeof FinalizationRegistry === 'function' ? new FinalizationRegistry(free) : /** @type {any} */ ({ register() {}, unregister() {} });
}
