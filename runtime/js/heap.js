// @ts-check
// Typed arrays over the memory of the instance that runs now.

import { arrays } from './elements.js';
import { wasm, whenReplaced } from './memory.js';

/** Index: an element tag. @type {any[]} */
const heaps = /* @__PURE__ */ arrays.map((array) => new array(0));

/**
 * The whole memory as elements of a type. Never keep it across a call into wasm: memory may grow, and the view is detached then.
 * @param {number} tag
 */
export function heap(tag) {
  const view = heaps[tag];
  // A detached array has length 0. Asking for `memory.buffer` to compare would cost more than the rest of a call.
  return view.length !== 0 ? view : fresh(tag);
}

/** @param {number} tag */
function fresh(tag) {
  if (sharedHeap !== null) return sharedHeap(tag);
  whenReplaced(reset);
  return (heaps[tag] = new arrays[tag](wasm.memory.buffer));
}

/** `heap` of builds with shared memory, where `heaps` stay empty. @type {((tag: number) => any) | null} */
let sharedHeap = null;

/** True for an earlier `buffer` of shared memory, of which growth makes another one. @type {((buffer: ArrayBufferLike) => boolean) | null} */
var isEarlier = null;

/** @param {typeof sharedHeap} heap @param {typeof isEarlier} isEarlierBuffer */
export function setShared(heap, isEarlierBuffer) {
  sharedHeap = heap;
  isEarlier = isEarlierBuffer;
}

/** @param {ArrayBufferLike} buffer @returns {boolean} True if it is all of wasm's memory. */
export const isMemory = (buffer) => buffer === heap(0).buffer || (isEarlier !== null && isEarlier(buffer));

/** Runs when another instance takes over, which has a memory of its own. */
function reset() {
  heaps.forEach((_, tag) => (heaps[tag] = new arrays[tag](0)));
}
