// @ts-check
// UTF-8 where the host has no TextEncoder and TextDecoder: in an AudioWorklet, in some shells and test environments.

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
      // Half a pair alone is no character.
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

/** Decodes UTF-8. A `str` of Rust is always valid UTF-8; in other bytes each mistake becomes U+FFFD. */
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
      // Engines take so many arguments at once.
      if (codes.length === 4096) {
        text += String.fromCodePoint(...codes);
        codes = [];
      }
    }
    return text + String.fromCodePoint(...codes);
  }
}

/** @param {Uint8Array} bytes @param {number} at @returns {[number, number]} A character, and how many bytes it has. */
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
