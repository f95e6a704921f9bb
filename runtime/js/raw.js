// @ts-check
// The exports of wasm that shims call. Each shim finds its export at its first call, so that nothing else has to name it: a bundler leaves out
// the functions that an app does not use.

import { instance, replaced } from './memory.js';
import { whenEnded } from './poison.js';
import { remember } from './signatures.js';

/**
 * @param {string} name Of the export.
 * @param {(raw: any) => void} set Sets the variable of the snippet that the shim calls.
 * @param {import('./signatures.js').About} [about] The function, if errors may name it as the holder of a borrow.
 * @returns {any} What the variable holds until the first call, and again when the instance has ended.
 */
export function late(name, set, about) {
  const unbound = (/** @type {any[]} */ ...args) => {
    // Throws before the start, and after the end.
    const raw = instance[name];
    // The snippet is of another version of the package than the instance that runs now: a module was replaced while its functions are still held.
    if (raw === undefined) throw replaced('what was called belongs');
    whenEnded(() => set(unbound));
    if (about !== undefined) remember(about);
    set(raw);
    return raw(...args);
  };
  return unbound;
}
