// @ts-check
// Telling JavaScript that memory has gone.

import { describe, LendError } from './error.js';
import { soon } from './host.js';
import { wasm, whenReplaced } from './memory.js';
import { setListener } from './released.js';

/** Whom to tell, by token. @type {Map<number, () => void>} */
const callbacks = new Map();
let lastToken = 0;

/** Those who have not been told yet. @type {Array<() => void>} */
const listeners = [];
var isScheduled = false;

/** @param {number} handle @param {any} callback @param {string} what */
export function onRelease(handle, callback, what) {
  if (typeof callback !== 'function') throw new LendError('ERR_LEND_TYPE', `${what} takes a function; got ${describe(callback)}`);
  do lastToken = (lastToken + 1) >>> 0;
  while (callbacks.has(lastToken));
  callbacks.set(lastToken, callback);
  setListener(released);
  whenReplaced(reset);
  wasm.lend_notify(handle, lastToken);
}

/** Nobody tells them any more. */
function reset() {
  callbacks.clear();
}

/** In the middle of whatever lets go: they are told when that has come to an end. @param {number} token */
function released(token) {
  const callback = callbacks.get(token);
  if (callback === undefined) return;
  callbacks.delete(token);
  due(callback);
}

/** @param {() => void} callback Whom to tell when that has come to an end which is running. */
export function due(callback) {
  listeners.push(callback);
  if (!isScheduled) {
    isScheduled = true;
    soon(tell);
  }
}

/** Calls all that are due, each of them whatever the others do. */
export function tell() {
  isScheduled = false;
  while (listeners.length > 0) {
    const callback = /** @type {() => void} */ (listeners.shift());
    try {
      callback();
    } catch (error) {
      // As an event listener's: nobody here could do anything about it.
      soon(() => {
        throw error;
      });
    }
  }
}
