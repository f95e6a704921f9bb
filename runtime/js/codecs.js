// @ts-check
// UTF-8, also on a host without text codecs: an AudioWorklet has none.

const host = /** @type {any} */ (globalThis);

/** Encodes UTF-8, as far as this package and wasm-bindgen's glue need it. */
export class Encoder {
  /** @param {string} [text] */
  encode(text = '') {
    // Half a surrogate pair is no character. In the result of `encodeURI…` one character is one byte.
    const bytes = encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(/%(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  }

  /** @param {string} text @param {Uint8Array} target */
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = this.encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

/** Decodes UTF-8. A `str` of Rust is always valid. In other bytes each mistake becomes U+FFFD. */
export class Decoder {
  /** @param {Uint8Array} [bytes] */
  decode(bytes = new Uint8Array(0)) {
    let text = '';
    for (let at = 0; at < bytes.length; ) {
      // A character of one byte, or what its first byte says.
      const first = bytes[at];
      const length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      try {
        const hex = [...bytes.subarray(at, at + length)].map((byte) => `%${(byte + 256).toString(16).slice(1)}`);
        text += decodeURIComponent(hex.join(''));
        at += length;
      } catch {
        text += '\ufffd';
        at += 1;
      }
    }
    return text;
  }
}

/** @type {Record<string, any>} */
const CODECS = { TextEncoder: Encoder, TextDecoder: Decoder };

/** Gives the host the codecs that it lacks: wasm-bindgen's glue makes some when it is loaded. They are removed when the package has started. */
export function prepareHost() {
  for (const name of Object.keys(CODECS)) if (typeof host[name] !== 'function') host[name] = CODECS[name];
}

/** Removes the stand-ins from the host. The glue has its codecs by now. */
export function restoreHost() {
  for (const name of Object.keys(CODECS)) if (host[name] === CODECS[name]) delete host[name];
}

/** Changed in builds with shared memory, which browsers' codecs do not take. */
export const around = {
  /** @param {Encoder} encoder @returns {Encoder} */
  encoder: (encoder) => encoder,
  /** @param {Decoder} decoder @returns {Decoder} */
  decoder: (decoder) => decoder,
};

/** @returns {Encoder} */
export const newEncoder = () => around.encoder(new (host.TextEncoder ?? Encoder)());

/** A string may start with U+FEFF, which is then a part of it. @returns {Decoder} */
export const newDecoder = () => around.decoder(new (host.TextDecoder ?? Decoder)('utf-8', { ignoreBOM: true }));
