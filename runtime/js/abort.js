// @ts-check
// Tasks that wait for an AbortSignal.

import { wasm } from './memory.js';
import { queueTask } from './tasks.js';

/** Called from wasm. @param {any} signal @param {number} task What is polled when it aborts. @returns {() => void} Removes the listener. */
export function whenAborted(signal, task) {
  const mine = wasm;
  const abort = () => {
    if (wasm === mine) queueTask(task);
  };
  signal.addEventListener('abort', abort, { once: true });
  return () => signal.removeEventListener('abort', abort);
}

/** Called from wasm. @param {() => void} listener Rust has dropped it. */
export const stopWaiting = (listener) => listener();

/** Called from wasm. @param {any} value */
export const isAbortSignal = (value) => typeof value?.aborted === 'boolean' && typeof value.addEventListener === 'function';

/** Called from wasm. @param {any} signal */
export const isAborted = (signal) => signal.aborted;

/** Called from wasm. @param {any} signal */
export const reasonOf = (signal) => signal.reason;
