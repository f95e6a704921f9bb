// @ts-check
// The handles of instances, for functions that borrow them. Only the snippet of a class can read the handle of its instances. It gives the reader
// to the snippets of functions that take the class by reference.

import { whenReplaced } from './memory.js';
import { objects } from './values.js';

/** @typedef {import('./signatures.js').About} About */
/** @typedef {(value: any) => number} Reader The handle of a live instance of a class, or 0. */
/** @typedef {(value: any, about: About, index: number) => never} Refuser Throws the error for what is no live instance of a class. */

/** By tag of the class. @type {Map<number, { of: Reader, refuse: Refuser }>} */
const classes = new Map();

/** By tag: snippets that started before the snippet of the class. @type {Map<number, Array<(of: Reader) => void>>} */
const waiting = new Map();

/** @param {number} tag @param {Reader} of @param {Refuser} refuse */
export function giveReader(tag, of, refuse) {
  whenReplaced(reset);
  classes.set(tag, { of, refuse });
  waiting.get(tag)?.forEach((bind) => bind(of));
  waiting.delete(tag);
}

/** @param {number} tag 0 of a type that is no class. @param {(of: Reader) => void} bind */
export function readHandle(tag, bind) {
  if (tag === 0) return;
  whenReplaced(reset);
  const found = classes.get(tag);
  if (found !== undefined) bind(found.of);
  else waiting.set(tag, [...(waiting.get(tag) ?? []), bind]);
}

/**
 * Passes what has no handle: as a value, or not at all if the parameter is a class.
 * @param {unknown} value @param {number} tag Of the class, or 0. @param {number} place Among the values of the call.
 * @param {About} about @param {number} index
 * @returns {0}
 */
export function passReference(value, tag, place, about, index) {
  classes.get(tag)?.refuse(value, about, index);
  objects[place] = value;
  return 0;
}

/** Runs when the plugin of a class is unloaded. @param {number} tag */
export function forgetReader(tag) {
  classes.delete(tag);
  waiting.delete(tag);
}

function reset() {
  classes.clear();
  waiting.clear();
}
