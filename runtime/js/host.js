// @ts-check
// What a host may lack. Everything of it is looked up when it is used, and has a stand-in: an AudioWorklet has no text codecs, no `crypto` and no
// `queueMicrotask`, Cloudflare's workers have no random values at global scope, older dates of theirs no FinalizationRegistry.

import { Decoder, Encoder } from './utf8.js';

const host = /** @type {any} */ (globalThis);

/** @type {Record<string, any>} */
const CODECS = { TextEncoder: Encoder, TextDecoder: Decoder };

/** Gives the host the codecs that it lacks. wasm-bindgen's glue makes its own when it is loaded. They go when the package has started. */
export function prepareHost() {
  for (const name of Object.keys(CODECS)) if (typeof host[name] !== 'function') host[name] = CODECS[name];
}

// The glue is loaded right after this file.
prepareHost();

/** Leaves the host as it was: the glue has its codecs. */
export function restoreHost() {
  for (const name of Object.keys(CODECS)) if (host[name] === CODECS[name]) delete host[name];
}

/** @returns {Encoder} */
export const newEncoder = () => new (host.TextEncoder ?? Encoder)();

/** A text may start with U+FEFF, and then it is a part of the text. @returns {Decoder} */
export const newDecoder = () => new (host.TextDecoder ?? Decoder)('utf-8', { ignoreBOM: true });

const settled = Promise.resolve();

/** Runs a function at the end of the task. @param {() => void} f */
export function soon(f) {
  if (typeof host.queueMicrotask === 'function') host.queueMicrotask(f);
  else settled.then(f);
}

/** @returns {number} Of 32 bits, not 0, that other code cannot guess; where the host gives no such numbers, one that it is not likely to. */
export function randomNumber() {
  try {
    return host.crypto.getRandomValues(new Uint32Array(1))[0] || 1;
  } catch {
    // Cloudflare's workers throw at global scope.
    return Math.trunc((Math.random() * 0xfffffffe + Date.now()) % 0xfffffffe) + 1;
  }
}

/**
 * What calls `free` for objects that were collected. Without a FinalizationRegistry nothing does, and what nobody has freed stays.
 * @template T @param {(held: T) => void} free @returns {FinalizationRegistry<T>}
 */
export function collector(free) {
  const { FinalizationRegistry } = host;
  return typeof FinalizationRegistry === 'function' ? new FinalizationRegistry(free) : /** @type {any} */ ({ register() {}, unregister() {} });
}
