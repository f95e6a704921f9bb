// @ts-check
// The words of Rust for the next refusal of a value.

import './glueCodecs.js';
import { setRefusals } from './refusal.js';
import { refusalError, setExplanation } from './refusalErrors.js';

/** Called from wasm before a value is refused. @param {string} message @param {number} code @param {unknown} cause */
export function explain(message, code, cause) {
  setRefusals(refusalError);
  setExplanation(message, code, cause);
}
