// @ts-check
// Display names for error messages: of classes, and of buffers by their element tag.

import { arrayNames, CLASS, MUTABLE, NO_TAG } from './elements.js';

/** Set by classes.js, which the bundle of an app without classes does not have. @type {(tag: number) => string} */
let nameOfClass = () => 'object';

/** @param {(tag: number) => string} f */
export const setClassNames = (f) => void (nameOfClass = f);

/** @param {number} tag Of a slot. @returns {string | undefined} The name of the class, if the slot holds an instance. */
export const className = (tag) => (tag !== NO_TAG && tag & CLASS ? nameOfClass(tag) : undefined);

/** @param {number} tag Of a buffer's slot. */
export const kindOf = (tag) => (tag & MUTABLE ? 'MutableBuffer' : 'ReadOnlyBuffer');

/** @param {number} tag Of a buffer's slot. */
export const elementName = (tag) => arrayNames[tag & ~MUTABLE] ?? '?';

/** @param {number} tag Of a buffer's slot. @param {number} length In elements. */
export const describeBuffer = (tag, length) => `a ${kindOf(tag)}<${elementName(tag)}> of length ${length}`;
