// @ts-check
// Release listeners: JavaScript hears when memory is released, and when Rust lets go of a value.

import { describe, LendError } from './error.js';
import { soon } from './host.js';
import { wasm, whenReplaced } from './memory.js';
import { owns, setWatcher } from './objects.js';

/**
 * Receives the token of each memory that is released. Set by `onRelease`, so that the bundle of an app without buffers has nothing else of
 * this file.
 * @type {(token: number) => void}
 */
let listener = () => {};

/** Called from wasm. @param {number} token */
export const released = (token) => listener(token >>> 0);

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
  listener = wasReleased;
  whenReplaced(reset);
  wasm.lend_notify(handle, lastToken);
}

/** Nobody tells them any more. */
function reset() {
  callbacks.clear();
}

/** In the middle of whatever lets go: they are told when that has come to an end. @param {number} token */
function wasReleased(token) {
  const callback = callbacks.get(token);
  if (callback === undefined) return;
  callbacks.delete(token);
  callLater(callback);
}

/** @param {() => void} callback Whom to tell when that has come to an end which is running. */
export function callLater(callback) {
  listeners.push(callback);
  if (!isScheduled) {
    isScheduled = true;
    soon(callPending);
  }
}

/** Calls all that are due, each of them whatever the others do. */
export function callPending() {
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

/** Whom to tell, by value. @type {WeakMap<object, Set<() => void>>} */
const watched = new WeakMap();

/** Called for each value that leaves the table. @param {any} value */
function left(value) {
  const listeners = (typeof value === 'object' && value !== null) || typeof value === 'function' ? watched.get(value) : undefined;
  if (listeners === undefined || owns(value)) return;
  watched.delete(value);
  listeners.forEach(callLater);
}

/**
 * @param {any} value @param {any} listener
 * @returns {() => void} What stops it.
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
