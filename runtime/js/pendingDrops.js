// @ts-check
// Pending drops: destructors that the end of a call's borrows would run. The `Drop` of an owner or an instance is foreign code, so it waits until
// JavaScript has the result of the call. Then no call is half ended while the `Drop` runs. `runtime/src/pending_drops.rs` has the list.

import { soon } from './host.js';
import { poison, wasm, whenReplaced } from './memory.js';
import { afterTrap } from './poison.js';

/** Shims test `any` after each call that may leave pending drops. */
export const drops = {
  any: false,
  run: runDrops,
};

/** Called from wasm. */
export function dropsPending() {
  if (drops.any) return;
  drops.any = true;
  whenReplaced(resetDrops);
  // Borrows also end outside of calls, for example with a promise.
  soon(runPending);
}

/** Runs when another instance takes over. */
const resetDrops = () => void (drops.any = false);

function runPending() {
  if (drops.any) runDrops();
}

/** Called from wasm and by shims. Every drop runs, even if others throw. */
export function runDrops() {
  drops.any = false;
  while (poison === null) {
    try {
      wasm.lend_run_drops();
      return;
    } catch (error) {
      reportThrown(error);
    }
  }
}

/** Reports what a call into wasm has thrown. @param {unknown} error */
export function reportThrown(error) {
  const thrown = afterTrap(error);
  if (poison !== null) throw thrown;
  report(thrown);
}

/** Reports an error that nobody can catch. @param {unknown} error */
export function report(error) {
  const { reportError, console } = /** @type {any} */ (globalThis);
  try {
    if (typeof reportError === 'function') reportError(error);
    else console?.error('wasm-lend: a `Drop` or a listener that ran outside of calls has thrown:', error);
  } catch (other) {
    // The user may have replaced `reportError`. It must not throw here: frames of an ended call may still be on the stack.
    soon(() => {
      throw other;
    });
  }
}
