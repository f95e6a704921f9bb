// @ts-check
// One instance's start, and what its snippets get.

import { handle, mutable, readOnly, spend } from './buffers.js';
import { copyBack, copyOut, give, lend, lendMut, takeBack } from './loans.js';
import { setInstance, wasm } from './memory.js';
import { whenPoisoned } from './poison.js';
import { failed, reject } from './refusal.js';
import { addSignatures } from './signatures.js';

/** What a snippet may use; the names are those of `macros/src/expand/js.rs`. */
const runtime = {
  $handle: handle,
  $lend: lend,
  $lendMut: lendMut,
  $copyBack: copyBack,
  $give: give,
  $takeBack: takeBack,
  $spend: spend,
  $reject: reject,
  $failed: failed,
  $copyOut: copyOut,
  $readOnly: readOnly,
  $mutable: mutable,
  /** @param {Record<string, string[]>} signatures @param {(exports: object) => void} bind */
  $register(signatures, bind) {
    addSignatures(signatures);
    whenPoisoned(bind);
    bind(wasm);
  },
};

/**
 * Called by each snippet's start function.
 * @param {object} exports
 */
export function attach(exports) {
  setInstance(exports);
  return runtime;
}
