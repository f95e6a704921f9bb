// @ts-check
// The last argument of a `variadic` function: the rest of JavaScript's arguments as the elements of one array.

import { arrays } from './elements.js';
import { describe, LendError } from './error.js';
import { kindOf } from './reject.js';
import { fromCaller, place } from './signatures.js';

/**
 * @param {any[]} values The rest of the arguments. @param {number} tag The element tag.
 * @param {import('./signatures.js').About} about @param {number} index Of the parameter.
 * @returns {any} A typed array of them.
 */
export function elementsOf(values, tag, about, index) {
  const [words, type, test] = kindOf('n', String(tag));
  const isElement = (/** @type {any} */ value) => typeof value === type && (test === undefined || test(value));
  const at = values.findIndex((value) => !isElement(value));
  if (at < 0) return arrays[tag].from(values);
  const code = typeof values[at] === type ? 'ERR_LEND_RANGE' : 'ERR_LEND_TYPE';
  throw fromCaller(about, new LendError(code, `${place(about, index)} takes ${words} for each element; got ${describe(values[at])} at [${at}]`));
}
