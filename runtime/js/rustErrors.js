// @ts-check
// Errors that Rust makes. Their words go through wasm-bindgen's glue.

import './glueCodecs.js';
import { LendError } from './error.js';
import { outcome } from './refusal.js';

/** @param {string} message @param {unknown} cause */
export const makeError = (message, cause) => (outcome.made = new Error(message, cause === undefined ? undefined : { cause }));

/** @param {string} name @param {string} message */
export const resultError = (name, message) => new LendError('ERR_LEND_TYPE', `${name}${name.endsWith(')') ? '' : '()'}: ${message}`);

/** @param {string} message */
export const outOfMemory = (message) => new LendError('ERR_LEND_OOM', message);

/** Called from wasm. The error goes through the frames of the function, as exceptions of its callbacks do. @param {string} what @returns {never} */
export function throwOutOfMemory(what) {
  throw outOfMemory(`no memory, or no handle, is left for ${what}`);
}
