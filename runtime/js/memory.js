// @ts-check
// The instance that runs now.

import { LendError } from './error.js';
import { randomNumber } from './host.js';
import { makeMark } from './instanceMark.js';
import { wasmOnStack } from './stack.js';

/** What is called too early. @returns {never} */
export function early() {
  throw new LendError('ERR_LEND_UNINITIALIZED', 'wasm-lend: this package is not initialised yet: await init() first');
}

/** Stands for the exports before the start. @type {any} */
const notStarted = /* @__PURE__ */ new Proxy({}, { get: early });

/** The runtime's exports of the instance. Before the start and after a panic each of them throws. @type {any} */
export let wasm = notStarted;

/** All exports, as wasm has them. @type {any} */
let started = null;

/** The exports that snippets call, with the user's functions. @type {any} */
export let instance = notStarted;

/** True if an instance has started. */
export const isStarted = () => started !== null;

/** The error that has ended the instance. @type {LendError | null} */
export let poison = null;

/** An index into `heap(4)`: the second and third result of a call are there, a length and a handle or 0. */
export let returned = 0;

/** True if the instance was built with checks. */
export var hasChecks = false;

/** A secret number. Only with it does Rust end the borrows of a call whose frames an exception has removed. */
export let key = 0;

/** How often a buffer's view was made: for the first time, or because memory had grown. */
export let viewsMade = 0;

export const countView = () => void (viewsMade += 1);

/** The instance mark: the `$lent` of this instance's buffers and classes. */
export var mark = makeMark();

/** The marks of instances that have ended. @type {WeakSet<Function>} */
const endedMarks = new WeakSet();

/** @param {any} value @returns {boolean} True if it belongs to an instance of this package that has ended. It may run foreign code. */
export const isOfEnded = (value) => endedMarks.has(value?.$lent);

/** The functions that forget the state of an instance when another takes over. @type {Set<() => void>} */
const resets = new Set();

/** @param {() => void} reset Runs once, when another instance takes over. */
export const whenReplaced = (reset) => void resets.add(reset);

/** @param {string} what @returns {LendError} The error for something of an instance that another has replaced. */
export const replaced = (what) =>
  new LendError('ERR_LEND_INSTANCE', `${what} to an instance of this package that has ended: the package was started again since`);

/** Called from wasm: Rust of a replaced instance still runs, and asks for something. @returns {never} */
export function refuseReplaced() {
  throw replaced('what runs in Rust belongs');
}

/**
 * Makes an instance the one that everything calls. It replaces the one before: that is how a package starts again after a panic, or with new
 * code.
 * @param {any} exports
 * @param {(exports: any) => any} [wrap] Makes what is called in place of the exports.
 * @returns {boolean} True if the instance is new.
 */
export function setInstance(exports, wrap = plainly) {
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
  wrapped = wrap;
  instance = wrap(exports);
  // Engines find properties of a small object as fast as variables. In an object of hundreds they search.
  wasm = Object.fromEntries(Object.entries(instance).filter(([name]) => name === 'memory' || name.startsWith('lend_')));
  returned = wasm.lend_returned() >>> 2;
  hasChecks = wasm.lend_has_checks() !== 0;
  key = randomNumber();
  wasm.lend_key(key);
  return true;
}

/** Makes what is called in place of the exports. @type {(exports: any) => any} */
let plainly = (exports) => exports;
let wrapped = plainly;

/** @param {(exports: any) => any} wrap From the next start on. */
export const setWrap = (wrap) => void (plainly = wrap);

/** @param {object} functions More of the runtime's exports, as wasm has them. */
export const addExports = (functions) => void Object.assign(wasm, wrapped(functions));

/**
 * A `str` of Rust. Without TextDecoder, which not every host has: only messages need this.
 * @param {number} address @param {number} length In bytes.
 */
export function textAt(address, length) {
  const hex = Array.from(new Uint8Array(instance.memory.buffer, address, length), (byte) => `%${(byte + 256).toString(16).slice(1)}`);
  return decodeURIComponent(hex.join(''));
}

/** The instance's module, as stacks show it. */
let ownModule = '';

/** Ends the instance before. Its Rust that still runs gets an error when it calls. */
function forget() {
  started.lend_retire(key);
  poison = null;
  viewsMade = 0;
  endedMarks.add(mark);
  mark = makeMark();
  const all = [...resets];
  resets.clear();
  for (const reset of all) reset();
}

/** @param {LendError} error @param {object} exports What to call instead. */
export function setPoison(error, exports) {
  poison = error;
  wasm = instance = exports;
}
