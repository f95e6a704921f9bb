// @ts-check
// What the end of a call's borrows would destroy: the `Drop` of an owner or an instance is code of others. It runs when the call's
// result is in JavaScript's hands, so that whatever it calls finds no call half ended. The list is that of
// `runtime/src/pending_drops.rs`.

import { soon } from './host.js';
import { poison, wasm } from './memory.js';
import { afterTrap } from './poison.js';

/** For the shims, which look after each call that may leave something. */
export const drops = {
  any: false,
  run: runDrops,
};

/** Called from wasm. */
export function dropsPending() {
  if (drops.any) return;
  drops.any = true;
  // Borrows also end outside of calls, with a promise for example.
  soon(runPending);
}

/** Another instance takes over. */
export const resetDrops = () => void (drops.any = false);

function runPending() {
  if (drops.any) runDrops();
}

/** Called from wasm, and by shims. Every drop runs, whatever the others do. */
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

/** What has left a call into wasm. @param {unknown} error */
export function reportThrown(error) {
  const thrown = afterTrap(error);
  if (poison !== null) throw thrown;
  report(thrown);
}

/** Who throws when no call is under way, throws to nobody. @param {unknown} error */
export function report(error) {
  const { reportError, console } = /** @type {any} */ (globalThis);
  try {
    if (typeof reportError === 'function') reportError(error);
    else console?.error('wasm-lend: a `Drop` or a listener that ran outside of calls has thrown:', error);
  } catch (other) {
    // Who reports may be somebody's own. It must not throw here: below may be frames of a call that has just ended.
    soon(() => {
      throw other;
    });
  }
}
