// @ts-check
// Futures of Rust: their promises, and the queue from which Rust polls them.

import { soon } from './host.js';
import { wasm } from './memory.js';
import { afterTrap } from './poison.js';

/** @typedef {{ promise: Promise<unknown>, resolve: (value: unknown) => void, reject: (error: unknown) => void }} Settlers */

/** Called from wasm. @returns {Settlers} */
export function newSettlers() {
  /** @type {any} */
  const settlers = {};
  settlers.promise = new Promise((resolve, reject) => Object.assign(settlers, { resolve, reject }));
  return settlers;
}

/** Called from wasm. @param {Settlers} settlers */
export const promiseOf = (settlers) => settlers.promise;

/** Called from wasm. @param {Settlers} settlers @param {boolean} isError @param {unknown} value */
export const settle = (settlers, isError, value) => (isError ? settlers.reject : settlers.resolve)(value);

/** Called from wasm. Has Rust poll a task, unless its instance has ended by then. @param {number} task */
export function queueTask(task) {
  const mine = wasm;
  soon(() => {
    if (wasm !== mine) return;
    try {
      mine.lend_task(task);
    } catch (error) {
      // A trap ends the instance, and with it every promise that is pending.
      throw afterTrap(error);
    }
  });
}
