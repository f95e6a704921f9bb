// @ts-check
// One instance's life: its start, what its snippets get, and its end in a panic.

import { handle, mutable, readOnly, spend } from './buffers.js';
import { LendError } from './error.js';
import { copyBack, copyOut, give, lend, lendMut, takeBack } from './loans.js';
import { poison, setInstance, setPoison, wasm } from './memory.js';
import { failed, reject } from './refusal.js';
import { addSignatures } from './signatures.js';

/** How each snippet takes the functions it calls. @type {Array<(exports: object) => void>} */
const binders = [];

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
    binders.push(bind);
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

/**
 * Called by the panic hook, of an instance that is about to trap: from here on every call says so.
 * @param {string} message
 */
export function panicked(message) {
  if (poison !== null) return;
  const error = new LendError('ERR_LEND_PANIC', `Rust ${message}`);
  const dead = () => {
    throw new LendError('ERR_LEND_POISONED', `this instance cannot be used any more, since Rust ${message}`, { cause: error });
  };
  const exports = new Proxy({}, { get: () => dead });
  setPoison(error, exports);
  for (const bind of binders) bind(exports);
}
