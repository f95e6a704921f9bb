// @ts-check
// Telling JavaScript that Rust has let go of a value.

import { describe, LendError } from './error.js';
import { owns, setWatcher } from './objects.js';
import { due } from './release.js';

/** Whom to tell, by value. @type {WeakMap<object, Set<() => void>>} */
const watched = new WeakMap();

/** Called for each value that leaves the table. @param {any} value */
function left(value) {
  const listeners = (typeof value === 'object' && value !== null) || typeof value === 'function' ? watched.get(value) : undefined;
  if (listeners === undefined || owns(value)) return;
  watched.delete(value);
  listeners.forEach(due);
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
