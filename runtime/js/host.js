// @ts-check
// Stand-ins for what a host may lack. Everything of the host is looked up when it is used. An AudioWorklet has no `crypto` and no `queueMicrotask`.
// Cloudflare's workers have no random values at global scope, and with an older compatibility date they have no FinalizationRegistry.
// codecs.js has those for text.

const host = /** @type {any} */ (globalThis);

/** What codecs.js does for wasm-bindgen's glue before it makes its codecs, and after. An app without strings does not have that file. */
export const codecs = { prepare() {}, restore() {} };

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
