// @ts-check
// The start of a thread of a worker. wasm-bindgen's values would do for it, too, but their table is never freed: half a KiB for each thread that has
// ended.

import { define } from '../parts.js';
import { attach } from '../start.js';
import { joining } from '../workers.js';
import { prepare } from './memory.js';

/** The function table. wasm-bindgen exports it, and its table of values. @type {WebAssembly.Table | null} */
let table = null;

/** Called from wasm. @returns {boolean} False if nobody knows the exports here: the worker was not started by `lend.serve`. */
export function attachWorker() {
  const found = Object.entries(joining ?? {}).find(([name, value]) => value instanceof WebAssembly.Table && name !== '__wbindgen_externrefs');
  if (found === undefined) return false;
  table = /** @type {WebAssembly.Table} */ (found[1]);
  prepare(undefined, false);
  attach(/** @type {any} */ (joining));
  return true;
}

/** Called from wasm: `define` of parts.js. @param {number} names @param {number} length @param {number} places */
export const defineInWorker = (names, length, places) => define(names, length, places, /** @type {WebAssembly.Table} */ (table));
