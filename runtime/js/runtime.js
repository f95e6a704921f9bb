// @ts-check
// One instance's start, and what its snippets get.

import { instance, setInstance } from './memory.js';
import { drops } from './pendingDrops.js';
import { whenPoisoned } from './poison.js';
import { checked, checkedFloat, checkedWide, checkedWord, failed, outcome, reject } from './refusal.js';
import { addFunctions, claimFunctions } from './signatures.js';

/** What a snippet may use, under the names of `macros/src/expand/js.rs`; `attach…` of the other files adds to it. */
const runtime = {
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
};

/**
 * Called by each snippet's start function.
 * @param {object} exports
 * @param {(exports: any) => any} [wrap] Of builds that unwind: see unwind.js.
 */
export function attach(exports, wrap) {
  setInstance(exports, wrap);
  return runtime;
}
