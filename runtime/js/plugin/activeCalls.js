// @ts-check
// After a trap: whose frames are gone, and where the stack was. The notes are those of `runtime/src/frame.rs`.

import { heap, instance, wasm } from '../memory.js';

/** A note, in words: that of the call around it, the module, and whether JavaScript has called. */
const PREVIOUS = 0;
const MODULE = 1;
const IS_ENTRY = 2;
const SIZE = 12;

/** Of the host's list of calls, whose first word leads to the innermost. */
let list = 0;

/** Called before the first plugin starts. */
export function findActiveCalls() {
  list = wasm.lend_frames() >>> 2;
}

/**
 * Takes the calls off that an exception has left, up to the innermost that JavaScript had made, and puts the stack back to where
 * it was then.
 * @returns {number} The module that was running.
 */
export function leaveActiveCalls() {
  const words = heap(4);
  let frame = words[list];
  const module = frame === 0 ? 0 : words[(frame >>> 2) + MODULE];
  while (frame !== 0 && words[(frame >>> 2) + IS_ENTRY] === 0) frame = words[(frame >>> 2) + PREVIOUS];
  if (frame === 0) return module;
  words[list] = words[(frame >>> 2) + PREVIOUS];
  // The note is all that its function has on the stack, which is kept at multiples of 16.
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
