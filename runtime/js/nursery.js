// @ts-check
// New buffers and instances wait here for the end of the task. Only those that are still alive then are registered for garbage collection:
// registration costs more than the rest of making a buffer.

import { soon } from './host.js';
import { whenReplaced } from './memory.js';
import { addToScope } from './scope.js';

/** The method that registers a buffer or instance if it is alive. A symbol, so that nobody else can call it. */
export const REGISTER = Symbol('register');

/** At most this many are kept alive until the end of the task. */
const CAPACITY = 1024;

/** The first `count` wait; the other places are free. @type {any[]} */
const waiting = /* @__PURE__ */ new Array(CAPACITY).fill(null);
var count = 0;
var isScheduled = false;

/** @param {any} buffer Or an instance. It is new. */
export function enterNursery(buffer) {
  addToScope(buffer);
  reenterNursery(buffer);
}

/** @param {any} buffer It may have left the nursery unregistered, because a call had taken it then. */
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

/** Those of an instance that has ended are not freed any more. */
function reset() {
  for (; count > 0; waiting[count] = null) count -= 1;
}

/** @param {any} buffer It has ended. */
export function leaveNursery(buffer) {
  // Usually it is the last. Any other stays until the end of the task, and is not registered then.
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
