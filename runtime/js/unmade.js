// @ts-check
// Results that JavaScript fails to make: a string that is too long for it, an array that it has no memory for.

import { LendError } from './error.js';
import { wasm } from './memory.js';

/**
 * Gives back what the call has returned. The call has ended, with all that it had borrowed.
 * @param {string} name The function. @param {number} handle What to give back, or 0. @param {string} what @param {unknown} cause
 */
export function noResult(name, handle, what, cause) {
  if (handle !== 0) wasm.lend_free(handle);
  return new LendError('ERR_LEND_OOM', `${name}(): the result: JavaScript has no memory for ${what}`, { cause });
}
