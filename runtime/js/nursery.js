// @ts-check
// Where new buffers wait until it is known whether they outlive the task that made them: only then are they registered for
// garbage collection, which costs more than all the rest of making one.

import { handle } from './handles.js';
import { started } from './scope.js';

/** What registers a buffer; a symbol, for it is nobody else's to call. */
export const REGISTER = Symbol('register');

/** More than these are not kept alive for the sake of the task's end. */
const CAPACITY = 1024;

/** @type {any[]} */
const newborn = [];
let isScheduled = false;

/** @param {any} buffer A new one. */
export function born(buffer) {
  started(buffer);
  if (newborn.length >= CAPACITY) flush();
  newborn.push(buffer);
  if (!isScheduled) {
    isScheduled = true;
    queueMicrotask(flush);
  }
}

/** @param {any} buffer One that has ended. */
export function died(buffer) {
  // The usual one; another stays until the task's end, which finds that it has ended.
  if (newborn.length > 0 && newborn[newborn.length - 1] === buffer) newborn.pop();
}

/** Registers those that are still alive. */
export function flush() {
  isScheduled = false;
  for (const buffer of newborn) if (handle(buffer) !== 0) buffer[REGISTER]();
  newborn.length = 0;
}
