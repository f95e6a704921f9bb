// @ts-check
// Active calls: the notes that calls into a plugin or its host leave on the stack. After a trap they tell which module was running, and where
// the stack was. `runtime/src/active_call.rs` writes them.

import { heap } from '../heap.js';
import { instance, wasm } from '../memory.js';

// The words of a note: the note of the call around it, the module, and whether JavaScript has made the call. The size is in bytes.
const PREVIOUS = 0;
const MODULE = 1;
const IS_ENTRY = 2;
const SIZE = 12;

/** An index into `heap(4)`: the address of the innermost note is there. */
let list = 0;

/** Called before the first plugin starts. */
export function findActiveCalls() {
  list = wasm.lend_frames() >>> 2;
}

/**
 * Removes the calls that an exception has left, up to the innermost that JavaScript has made, and sets the stack pointer back.
 * @returns {number} The module that was running.
 */
export function leaveActiveCalls() {
  const words = heap(4);
  let frame = words[list];
  const module = frame === 0 ? 0 : words[(frame >>> 2) + MODULE];
  while (frame !== 0 && words[(frame >>> 2) + IS_ENTRY] === 0) frame = words[(frame >>> 2) + PREVIOUS];
  if (frame === 0) return module;
  words[list] = words[(frame >>> 2) + PREVIOUS];
  // Its function has only the note on the stack, which is aligned to 16 bytes.
  instance.__stack_pointer.value = (frame + SIZE + 15) & ~15;
  return module;
}

/** True if a call of the module has not returned. @param {number} module */
export function isRunning(module) {
  const words = heap(4);
  for (let frame = words[list]; frame !== 0; frame = words[(frame >>> 2) + PREVIOUS]) {
    if (words[(frame >>> 2) + MODULE] === module) return true;
  }
  return false;
}
