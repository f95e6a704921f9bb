// @ts-check
// Closures of Rust as functions.

import { LendError } from './error.js';
import { poison, wasm } from './memory.js';
import { own } from './objects.js';
import { CODES, failed, outcome } from './refusal.js';
import { objects, value } from './values.js';

const RELEASED = CODES.indexOf('ERR_LEND_RELEASED');

/** Further ones are nobody's: `runtime/src/closure.rs` has the same number. */
const MOST_ARGUMENTS = 6;

/** Frees the closures of functions that nobody can call any more. */
const registry = new FinalizationRegistry((/** @type {number} */ id) => {
  if (poison === null) wasm.lend_closure_free(id);
});

/** Called from wasm. @param {number} code @param {string} message */
export const closureError = (code, message) => new LendError(CODES[code], `a closure of Rust: ${message}`);

/** @param {number} id @param {unknown[]} args */
function call(id, args) {
  const count = Math.min(args.length, MOST_ARGUMENTS);
  for (let i = 0; i < count; i++) objects[i] = args[i];
  let ran;
  try {
    ran = wasm.lend_closure(id, count);
  } catch (error) {
    throw failed(error);
  }
  if (outcome.failed) throw outcome.take('a closure of Rust');
  if (ran === 0) {
    objects.length = 0;
    throw closureError(RELEASED, 'it was freed, or dropped by Rust');
  }
  return value();
}

/** Called from wasm. @param {number} id @returns {number} The function's index. */
export function exportClosure(id) {
  const f = (/** @type {unknown[]} */ ...args) => call(id, args);
  const free = () => {
    registry.unregister(f);
    wasm.lend_closure_free(id);
  };
  Object.defineProperty(f, 'free', { value: free });
  if (Symbol.dispose) Object.defineProperty(f, Symbol.dispose, { value: free });
  registry.register(f, id, f);
  return own(f);
}
