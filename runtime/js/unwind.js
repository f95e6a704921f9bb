// @ts-check
// Panics that unwind: Rust catches them at the edge, the shims of wasm return, and the exception is thrown here.

import { LendError } from './error.js';
import { wasm } from './memory.js';
import { early } from './refusal.js';

/** What to throw when the shim of wasm that is running has returned. @type {LendError | null} */
let deferred = null;

/** The words of the last panic. */
let lastPanic = '';

/** Called by the panic hook. @param {string} message */
export const notePanic = (message) => void (lastPanic = message);

export const panicError = () => new LendError('ERR_LEND_PANIC', `Rust ${lastPanic}`);

/** Called from wasm when a shim has caught a panic, its borrows ended. */
export function panicCaught() {
  deferred = early(panicError());
}

/**
 * The exports, whose functions throw what was deferred; unchanged where panics abort.
 * @param {any} exports
 */
export function throwing(exports) {
  if (wasm.lend_unwinds === undefined || wasm.lend_unwinds() === 0) return exports;
  return new Proxy(exports, {
    get(target, name) {
      const raw = target[name];
      /** @param {...unknown} args */
      return (...args) => {
        const result = raw(...args);
        if (deferred !== null) {
          const error = deferred;
          deferred = null;
          throw error;
        }
        return result;
      };
    },
  });
}
