// @ts-check
// What messages call that which a handle stands for. classes.js knows more, which an app without classes does not have.

import { CLASS } from './elements.js';

/** @type {(tag: number) => string} */
let nameOfClass = () => 'object';

/** @param {(tag: number) => string} f */
export const setClassNames = (f) => void (nameOfClass = f);

/** @param {number} shape As `lend_shape` gives it. @returns {string | undefined} The name of the class, if it is an instance's. */
export const className = (shape) => (shape !== 0xffffffff && shape & CLASS ? nameOfClass(shape) : undefined);
