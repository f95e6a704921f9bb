// @ts-check
// Instances that are lent to a callback for the length of its call. Only packages with such callbacks have this file.

import { setLender } from './calls.js';
import { expireInstance, lendInstance } from './classes.js';

/** Called from wasm, when the first instance is lent. */
export const lendInstances = () => setLender(lendInstance, expireInstance);
