// @ts-check
// The instance, and typed arrays over its memory.

import { LendError } from './error.js';
import { arrays } from './elements.js';

/**
 * The exports of the instance, once it has started. After a panic every one of them throws.
 * @type {any}
 */
export let wasm = null;

/** The exports as they came. @type {any} */
let started = null;

/** The same for snippets, with the user's functions. @type {any} */
export let instance = null;

/** Why the instance cannot be used any more. @type {LendError | null} */
export let poison = null;

/** Where the second and third result of a call are, as an index into `heap(4)`: a length, and a handle or 0. */
export let returned = 0;

/** True if the instance was built with checks. */
export var hasChecks = false;

/** What lets this half, and nobody else, say that the frames of a call are gone. */
export let key = 0;

/** How many times a buffer's view was made, for the first time or because memory had grown. */
export let viewsMade = 0;

export const countView = () => void (viewsMade += 1);

/** @type {any[]} */
const heaps = arrays.map((array) => new array(0));

/**
 * @param {object} exports
 * @param {(exports: any) => any} [wrap] What is called in place of the exports.
 */
export function setInstance(exports, wrap = (exports) => exports) {
  if (started !== null && started !== exports) {
    throw new LendError(
      'ERR_LEND_INSTANCE',
      'this package has started already: it was loaded a second time under another URL (a query, a hot reload), and the '
        + 'two would share the functions of one. Load it under one URL, or reload the page',
    );
  }
  if (wasm === null) {
    started = exports;
    instance = wrap(exports);
    // An object of few properties, which engines find as fast as variables; in one of hundreds they search.
    wasm = Object.fromEntries(Object.entries(instance).filter(([name]) => name === 'memory' || name.startsWith('lend_')));
    returned = wasm.lend_returned() >>> 2;
    hasChecks = wasm.lend_has_checks() !== 0;
    [key] = crypto.getRandomValues(new Uint32Array(1)).map((random) => random || 1);
    wasm.lend_key(key);
  }
}

/** @param {LendError} error Why. @param {object} exports What to call instead. */
export function setPoison(error, exports) {
  poison = error;
  wasm = instance = exports;
}

/**
 * The whole memory as elements of a type. Not kept across a call into wasm, which may grow memory and detach it.
 * @param {number} tag
 */
export function heap(tag) {
  const view = heaps[tag];
  // A detached array has length 0. Asking for `memory.buffer` to compare would cost more than the rest of a call.
  return view.length !== 0 ? view : (heaps[tag] = new arrays[tag](wasm.memory.buffer));
}
