// @ts-check
// Where new buffers wait until it is known whether they outlive the task that made them: only then are they registered for
// garbage collection, which costs more than all the rest of making one.

import { soon } from './host.js';
import { whenReplaced } from './memory.js';
import { addToScope } from './scope.js';

/** What registers a buffer or instance if it is alive; a symbol, for it is nobody else's to call. */
export const REGISTER = Symbol('register');

/** More than these are not kept alive for the sake of the task's end. */
const CAPACITY = 1024;

/** Those that wait, then free places. @type {any[]} */
const waiting = new Array(CAPACITY).fill(null);
var count = 0;
var isScheduled = false;

/** @param {any} buffer A new one. */
export function enterNursery(buffer) {
  addToScope(buffer);
  reenterNursery(buffer);
}

/** @param {any} buffer One that may have been passed over, for a call had it. */
export function reenterNursery(buffer) {
  if (count === CAPACITY) flush();
  waiting[count++] = buffer;
  if (!isScheduled) schedule();
}

function schedule() {
  isScheduled = true;
  soon(flush);
  whenReplaced(reset);
}

/** They are not to be freed any more. */
function reset() {
  for (; count > 0; waiting[count] = null) count -= 1;
}

/** @param {any} buffer One that has ended. */
export function leaveNursery(buffer) {
  // The usual one; another stays until the task's end, which finds that it has ended.
  if (count > 0 && waiting[count - 1] === buffer) waiting[--count] = null;
}

/** Registers those that are still alive. */
export function flush() {
  isScheduled = false;
  for (; count > 0; waiting[count] = null) {
    count -= 1;
    waiting[count][REGISTER]();
  }
}
