// @ts-check
// Where new buffers wait until it is known whether they outlive the task that made them: only then are they registered for
// garbage collection, which costs more than all the rest of making one.

import { soon } from './host.js';
import { whenReplaced } from './memory.js';
import { started } from './scope.js';

/** What registers a buffer or instance if it is alive; a symbol, for it is nobody else's to call. */
export const REGISTER = Symbol('register');

/** More than these are not kept alive for the sake of the task's end. */
const CAPACITY = 1024;

/** Those that wait, then free places. @type {any[]} */
const newborn = new Array(CAPACITY).fill(null);
var count = 0;
var isScheduled = false;

/** @param {any} buffer A new one. */
export function born(buffer) {
  started(buffer);
  again(buffer);
}

/** @param {any} buffer One that may have been passed over, for a call had it. */
export function again(buffer) {
  if (count === CAPACITY) flush();
  newborn[count++] = buffer;
  if (!isScheduled) schedule();
}

function schedule() {
  isScheduled = true;
  soon(flush);
  whenReplaced(reset);
}

/** They are not to be freed any more. */
function reset() {
  for (; count > 0; newborn[count] = null) count -= 1;
}

/** @param {any} buffer One that has ended. */
export function died(buffer) {
  // The usual one; another stays until the task's end, which finds that it has ended.
  if (count > 0 && newborn[count - 1] === buffer) newborn[--count] = null;
}

/** Registers those that are still alive. */
export function flush() {
  isScheduled = false;
  for (; count > 0; newborn[count] = null) {
    count -= 1;
    newborn[count][REGISTER]();
  }
}
