// @ts-check
// The instance, and typed arrays over its memory.

import { arrays } from './elements.js';
import { LendError } from './error.js';
import { randomNumber } from './host.js';
import { makeMark } from './instanceMark.js';
import { wasmOnStack } from './stack.js';

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

/** What buffers and instances of this instance have as `$lent`. */
export var mark = makeMark();

/** @type {any[]} */
const heaps = arrays.map((array) => new array(0));

/** What forgets the instance that another takes over from. @type {Set<() => void>} */
const resets = new Set();

/** @param {() => void} reset Called once, when another instance takes over. */
export const whenReplaced = (reset) => void resets.add(reset);

/** @returns {LendError} Why what belongs to an instance that was replaced is refused. @param {string} what */
export const replaced = (what) =>
  new LendError('ERR_LEND_INSTANCE', `${what} to an instance of this package that has ended: the package was started again since`);

/** Called from wasm, where what still runs of an instance wants something that is not there any more. @returns {never} */
export function refuseReplaced() {
  throw replaced('what runs in Rust belongs');
}

/**
 * Makes an instance the one that everything calls. The one before it, if there is one, is over: so a package starts again after a panic, or
 * with new code.
 * @param {any} exports
 * @param {(exports: any) => any} [wrap] What is called in place of the exports.
 * @returns {boolean} True if it is a new one.
 */
export function setInstance(exports, wrap = (exports) => exports) {
  if (started === exports) return false;
  const { own, isRunning } = wasmOnStack(ownModule);
  if (started !== null) {
    if (isRunning) {
      throw new LendError('ERR_LEND_INSTANCE', 'the package was started again by what a call of it has called, and that call is still running: import and start it once more when the call has returned');
    }
    forget();
  }
  ownModule = own;
  started = exports;
  instance = wrap(exports);
  // An object of few properties, which engines find as fast as variables; in one of hundreds they search.
  wasm = Object.fromEntries(Object.entries(instance).filter(([name]) => name === 'memory' || name.startsWith('lend_')));
  returned = wasm.lend_returned() >>> 2;
  hasChecks = wasm.lend_has_checks() !== 0;
  key = randomNumber();
  wasm.lend_key(key);
  return true;
}

/** How stacks show the instance's module. */
let ownModule = '';

/** Nothing of the instance gets into the next: what still runs in it is told so when it calls. */
function forget() {
  started.lend_retire(key);
  poison = null;
  viewsMade = 0;
  mark = makeMark();
  heaps.forEach((_, tag) => (heaps[tag] = new arrays[tag](0)));
  const all = [...resets];
  resets.clear();
  for (const reset of all) reset();
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
