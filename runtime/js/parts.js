// @ts-check
// The functions of wasm that not every package has. Rust hands them over by their places in the function table, when something needs them. So the
// linker drops the others.

import { heap } from './heap.js';
import { addExports } from './memory.js';
import { afterTrap } from './poison.js';

/**
 * Called from wasm.
 * @param {number} names Their names without `lend_`, each with a space after it: an address, and a length in bytes. All are ASCII.
 * @param {number} length
 * @param {number} places Where their places in the table are.
 * @param {WebAssembly.Table} table
 */
export function define(names, length, places, table) {
  const text = String.fromCharCode(...heap(0).subarray(names, names + length));
  const words = heap(4);
  const functions = text.trim().split(' ').map((name, index) => {
    const raw = table.get(words[(places >>> 2) + index]);
    return [`lend_${name}`, CHANGES.test(name) ? guarded(raw) : raw];
  });
  addExports(Object.fromEntries(functions));
}

/** What changes Rust's state, or allocates. When the stack overflows in one of these, nobody knows the state of Rust. */
const CHANGES = /^(alloc|gift|free|part|notify|set_|scratch|text|objects|memory_)/;

/** @param {(...args: number[]) => any} raw */
const guarded = (raw) => (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c, /** @type {any} */ d) => {
  try {
    return raw(a, b, c, d);
  } catch (error) {
    throw afterTrap(error);
  }
};
