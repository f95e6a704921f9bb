// @ts-check
// Promises that wait for an AbortSignal.

/** Key: a promise. Value: the function that removes its listener. @type {WeakMap<object, () => void>} */
const ends = new WeakMap();

/** Called from wasm. @param {any} signal @returns {Promise<unknown>} Resolves with the reason. */
export function whenAborted(signal) {
  let end = () => {};
  const promise = new Promise((resolve) => {
    const abort = () => resolve(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    end = () => signal.removeEventListener('abort', abort);
  });
  ends.set(promise, end);
  return promise;
}

/** Called from wasm. @param {object} promise Rust has dropped it. */
export const stopWaiting = (promise) => ends.get(promise)?.();

/** Called from wasm. @param {any} value */
export const isAbortSignal = (value) => typeof value?.aborted === 'boolean' && typeof value.addEventListener === 'function';

/** Called from wasm. @param {any} signal */
export const isAborted = (signal) => signal.aborted;

/** Called from wasm. @param {any} signal */
export const reasonOf = (signal) => signal.reason;
