// @ts-check
// Panics that unwind: Rust catches them at the edge, the shims of wasm return, and the exception is thrown here.

import { LendError } from './error.js';
import { wasm } from './memory.js';
import { early, throwRefusal } from './refusal.js';

/** What to throw when the shim of wasm that is running has returned. @type {(() => never) | null} */
let deferred = null;

/** The words of the last panic. */
let lastPanic = '';

/** Called by the panic hook. @param {string} message */
export const notePanic = (message) => void (lastPanic = message);

/** Called from wasm when a shim has caught a panic, its borrows ended. */
export function panicCaught() {
  const error = early(new LendError('ERR_LEND_PANIC', `Rust ${lastPanic}`));
  deferred = () => {
    throw error;
  };
}

/** Called from wasm instead of `throwRefusal`. @param {string} name @param {number} index @param {number} fault @param {number} handle */
export function deferRefusal(name, index, fault, handle) {
  deferred = () => throwRefusal(name, index, fault, handle);
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
          const throwDeferred = deferred;
          deferred = null;
          throwDeferred();
        }
        return result;
      };
    },
  });
}
