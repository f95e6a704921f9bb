// @ts-check
// JavaScript values as arguments and results, and promises as results.

import { instance, poison, replaced, whenReplaced } from './memory.js';
import { whenEnded } from './poison.js';

/** The value arguments of the next call. @type {unknown[]} */
export const objects = [];

/** The value that the last call has returned. @type {unknown} */
let result;

/** Called from wasm. @param {number} place */
export function takeValue(place) {
  if (!isNoted) note();
  const value = objects[place];
  objects[place] = undefined;
  return value;
}

/** Called from wasm. @param {unknown} value */
export const giveValue = (value) => void (result = value);

export function value() {
  const value = result;
  result = undefined;
  return value;
}

/** The `reject` of each promise that is not settled. @type {Set<(error: unknown) => void>} */
const pending = new Set();

/** Called from wasm. @param {Promise<unknown>} promise */
export const givePromise = (promise) => void (result = rejectedAtEnd(promise));

/** The promise, but rejected if the instance ends. @param {Promise<unknown>} promise */
export function rejectedAtEnd(promise) {
  if (!isNoted) note();
  return new Promise((resolve, reject) => {
    pending.add(reject);
    const settled = (/** @type {(value: any) => void} */ settle) => (/** @type {unknown} */ value) => {
      pending.delete(reject);
      settle(value);
    };
    promise.then(settled(resolve), settled(reject));
  });
}

/** True if the end of the instance will be noticed. */
let isNoted = false;

function note() {
  isNoted = true;
  whenEnded(() => {
    // Each export of an instance that has ended throws the reason.
    try {
      if (poison !== null) instance.memory();
    } catch (error) {
      rejectAll(error);
    }
  });
  whenReplaced(reset);
}

function reset() {
  isNoted = false;
  objects.length = 0;
  result = undefined;
  rejectAll(replaced('the promise belongs'));
}

/** @param {unknown} error */
function rejectAll(error) {
  for (const reject of pending) reject(error);
  pending.clear();
}
