// @ts-check
// The handles of instances, for functions that borrow them. Only the snippet of a class can read the handle of its instances. It gives the reader
// to the snippets of functions that take the class by reference.

import { whenReplaced } from './memory.js';

/** @typedef {(value: any) => number} Reader The handle of a live instance of a class, or 0. */

/** By tag of the class. @type {Map<number, Reader>} */
const readers = new Map();

/** By tag: snippets that started before the snippet of the class. @type {Map<number, Array<(of: Reader) => void>>} */
const waiting = new Map();

/** @param {number} tag @param {Reader} of */
export function giveReader(tag, of) {
  whenReplaced(reset);
  readers.set(tag, of);
  waiting.get(tag)?.forEach((bind) => bind(of));
  waiting.delete(tag);
}

/** @param {number} tag 0 of a type that is no class. @param {(of: Reader) => void} bind */
export function readHandle(tag, bind) {
  if (tag === 0) return;
  whenReplaced(reset);
  const of = readers.get(tag);
  if (of !== undefined) bind(of);
  else waiting.set(tag, [...(waiting.get(tag) ?? []), bind]);
}

/** Runs when the plugin of a class is unloaded. @param {number} tag */
export function forgetReader(tag) {
  readers.delete(tag);
  waiting.delete(tag);
}

function reset() {
  readers.clear();
  waiting.clear();
}
