// @ts-check
// Release listeners: JavaScript hears when memory is released, and when Rust lets go of a value.

import { describe, LendError } from './error.js';
import { soon } from './host.js';
import { wasm, whenReplaced } from './memory.js';
import { owns, setWatcher } from './objects.js';

/**
 * Receives the token of memory that was released. Set by `onRelease`, so that the bundle of an app without buffers has nothing else of this file.
 * @type {(token: number) => void}
 */
let listener = () => {};

/** Called from wasm. @param {number} token */
export const released = (token) => listener(token >>> 0);

/** Release listeners of buffers, by token. @type {Map<number, () => void>} */
const callbacks = new Map();
let lastToken = 0;

/** Listeners that will be called soon. @type {Array<() => void>} */
const listeners = [];
var isScheduled = false;

/** @param {number} handle @param {any} callback @param {string} what */
export function onRelease(handle, callback, what) {
  if (typeof callback !== 'function') throw new LendError('ERR_LEND_TYPE', `${what} takes a function; got ${describe(callback)}`);
  do lastToken = (lastToken + 1) >>> 0;
  while (callbacks.has(lastToken));
  callbacks.set(lastToken, callback);
  listener = wasReleased;
  whenReplaced(reset);
  wasm.lend_notify(handle, lastToken);
}

/** Runs when another instance takes over, which calls none of them. */
function reset() {
  callbacks.clear();
}

/** Memory was released in the middle of a call. Its listener runs after the call. @param {number} token */
function wasReleased(token) {
  const callback = callbacks.get(token);
  if (callback === undefined) return;
  callbacks.delete(token);
  callLater(callback);
}

/** @param {() => void} callback Runs after the current call finishes. */
function callLater(callback) {
  listeners.push(callback);
  if (!isScheduled) {
    isScheduled = true;
    soon(callPending);
  }
}

/** Calls all listeners that wait. Each is called, even if others throw. */
export function callPending() {
  isScheduled = false;
  while (listeners.length > 0) {
    const callback = /** @type {() => void} */ (listeners.shift());
    try {
      callback();
    } catch (error) {
      // As for an event listener: nobody here can handle it.
      soon(() => {
        throw error;
      });
    }
  }
}

/** Key: a value. Value: its listeners of `lend.watch`. @type {WeakMap<object, Set<() => void>>} */
const watched = new WeakMap();

/** Called for each value that leaves the object table. @param {any} value */
function left(value) {
  const listeners = (typeof value === 'object' && value !== null) || typeof value === 'function' ? watched.get(value) : undefined;
  if (listeners === undefined || owns(value)) return;
  watched.delete(value);
  listeners.forEach(callLater);
}

/**
 * @param {any} value @param {any} listener
 * @returns {() => void} Removes the listener.
 */
export function watch(value, listener) {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!isObject) throw new LendError('ERR_LEND_TYPE', `lend.watch() takes an object; got ${describe(value)}`);
  if (typeof listener !== 'function') throw new LendError('ERR_LEND_TYPE', `lend.watch() takes a function; got ${describe(listener)}`);
  setWatcher(left);
  const listeners = watched.get(value) ?? new Set();
  watched.set(value, listeners.add(listener));
  return () => void listeners.delete(listener);
}
