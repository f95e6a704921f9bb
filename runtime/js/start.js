// @ts-check
// The start of an instance.

import { restoreHost } from './host.js';
import { setInstance, whenReplaced } from './memory.js';
import { checkNames } from './names.js';
import { resetDrops } from './pendingDrops.js';
import { resetPoison } from './poison.js';
import { resetOutcome } from './refusal.js';
import { forgetFunctions } from './signatures.js';

/** Runs when another instance takes over. */
function reset() {
  resetPoison();
  resetOutcome();
  resetDrops();
  forgetFunctions();
}

/**
 * Called from wasm at its start, more than once.
 * @param {object} exports
 * @param {(exports: any) => any} [wrap] In builds that unwind: see unwind.js.
 */
export function attach(exports, wrap) {
  if (setInstance(exports, wrap)) {
    whenReplaced(reset);
    restoreHost();
    checkNames(exports);
  }
}
