// @ts-check
// Closures of Rust as JavaScript functions.

import { LendError } from './error.js';
import { collector } from './host.js';
import { mark, poison, replaced, wasm } from './memory.js';
import { at, own } from './objects.js';
import { drops } from './pendingDrops.js';
import { failed, outcome } from './refusal.js';
import { CODES } from './refusalErrors.js';
import { nobody } from './signatures.js';
import { objects, value } from './values.js';

const RELEASED = CODES.indexOf('ERR_LEND_RELEASED');

/** No closure has more, so further ones are ignored: `runtime/src/closure.rs` has the same number. */
const MOST_ARGUMENTS = 6;

/**
 * @typedef {object} Owner The module that has the closures: the package or a plugin.
 * @property {(id: number, count: number) => number} run Returns 0 if there is no such closure.
 * @property {(id: number) => void} free
 * @property {(error: unknown) => unknown} failed The error to throw for an exception that has left a call.
 */

/** The package itself. @type {Owner} */
const host = { run: (id, count) => wasm.lend_closure(id, count), free: freeClosure, failed: (error) => failed(error, nobody, 0) };

/** @param {number} id */
function freeClosure(id) {
  try {
    wasm.lend_closure_free(id);
  } catch (error) {
    // What the closure owns may trap when it is dropped.
    throw failed(error, nobody, 0);
  }
}

/** Describes the closure in errors. */
const closure = () => [undefined, 'a closure of Rust'];

/** Frees closures whose functions were collected. */
const registry = /* @__PURE__ */ collector((/** @type {Closure} */ { owner, id, of }) => {
  if (poison === null && of === mark) owner.free(id);
});

/** Called from wasm. @param {number} code @param {string} message */
export const closureError = (code, message) => new LendError(CODES[code], `a closure of Rust: ${message}`);

/**
 * The closure behind a function.
 * @typedef {object} Closure
 * @property {Owner} owner
 * @property {number} id 0 when it has ended. Rust may give its number to another closure then.
 * @property {object} of The instance mark.
 */

/** Key: a function. Value: its closure. @type {WeakMap<object, Closure>} */
const closures = new WeakMap();

/** @param {Closure} closure @param {unknown[]} args */
function call({ owner, id, of }, args) {
  if (of !== mark) throw replaced('a closure of Rust: it belongs');
  if (id === 0) throw closureError(RELEASED, 'it was freed, or dropped by Rust');
  const count = Math.min(args.length, MOST_ARGUMENTS);
  for (let i = 0; i < count; i++) objects[i] = args[i];
  let ran;
  try {
    ran = owner.run(id, count);
  } catch (error) {
    throw owner.failed(error);
  }
  if (outcome.failed) throw outcome.take(closure, 0);
  if (ran === 0) {
    objects.length = 0;
    throw closureError(RELEASED, 'it was freed, or dropped by Rust');
  }
  const result = value();
  if (drops.any) drops.run();
  return result;
}

/** Called from wasm. @param {number} id @returns {number} The function's index. */
export const exportClosure = (id) => exportClosureOf(host, id);

/** @param {Owner} owner @param {number} id */
export function exportClosureOf(owner, id) {
  /** @type {Closure} */
  const closure = { owner, id, of: mark };
  const f = (/** @type {unknown[]} */ ...args) => call(closure, args);
  const free = () => {
    if (end(f) && closure.of === mark) owner.free(id);
  };
  Object.defineProperty(f, 'free', { value: free });
  if (Symbol.dispose) Object.defineProperty(f, Symbol.dispose, { value: free });
  registry.register(f, { owner, id, of: mark }, f);
  closures.set(f, closure);
  return own(f);
}

/** @param {object} f @returns {boolean} True if its closure had not ended. */
function end(f) {
  const closure = closures.get(f);
  if (closure === undefined || closure.id === 0) return false;
  closure.id = 0;
  registry.unregister(f);
  return true;
}

/** Called from wasm. @param {number} index */
export const closureEnded = (index) => end(at(index));
