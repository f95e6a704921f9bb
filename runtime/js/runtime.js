// @ts-check
// The start of an instance, and the runtime that its snippets get.

import { restoreHost } from './host.js';
import { instance, setInstance, whenReplaced } from './memory.js';
import { drops, resetDrops } from './pendingDrops.js';
import { resetPoison, whenPoisoned } from './poison.js';
import { checked, checkedFloat, checkedWide, checkedWord, failed, outcome, resetOutcome } from './refusal.js';
import { reject } from './refusalErrors.js';
import { addFunctions, claimFunctions, forgetFunctions } from './signatures.js';

/** What a snippet may use, under the names of `macros/src/expand/components.rs`. The `attach…` functions of other files add to it. */
const makeRuntime = () => ({
  $reject: reject,
  $failed: failed,
  $outcome: outcome,
  $drops: drops,
  $checked: checked,
  $checkedFloat: checkedFloat,
  $checkedWide: checkedWide,
  $checkedWord: checkedWord,
  /** @param {Record<string, any[]>} functions @param {(exports: object) => void} bind @param {string} crate @param {string} [namespace] */
  $register(functions, bind, crate, namespace) {
    claimFunctions(functions, crate, namespace);
    addFunctions(functions);
    whenPoisoned(bind);
    bind(instance);
  },
});

/** @type {any} */
let runtime;

/** Runs when another instance takes over. */
function reset() {
  resetPoison();
  resetOutcome();
  resetDrops();
  forgetFunctions();
}

/**
 * Called by each snippet's start function.
 * @param {object} exports
 * @param {(exports: any) => any} [wrap] In builds that unwind: see unwind.js.
 */
export function attach(exports, wrap) {
  if (setInstance(exports, wrap)) {
    whenReplaced(reset);
    restoreHost();
    runtime = makeRuntime();
  }
  return runtime;
}
