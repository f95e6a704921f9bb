// @ts-check
// The calls of a worker's thread. They are counted while they are in wasm: if the worker ends then, nobody knows the state of Rust. And none is
// made after another thread has trapped.

/** @type {Int32Array} */
let words = new Int32Array(2);
let at = 1;

/** The index of the word with the number of the thread that has trapped. */
let trapped = 0;
/** Ends this thread. */
let hear = () => {};

/**
 * @param {Int32Array} view Of all memory. @param {number} index Of the word that other threads read.
 * @param {number} indexOfTrapped @param {() => void} onTrap
 */
export function countAt(view, index, indexOfTrapped, onTrap) {
  view[index] = words[at];
  words = view;
  at = index;
  trapped = indexOfTrapped;
  hear = onTrap;
}

/** @param {Function} raw */
const counted = (raw) => (/** @type {unknown[]} */ ...args) => {
  if (words[trapped] !== 0) hear();
  words[at] += 1;
  try {
    return raw(...args);
  } finally {
    words[at] -= 1;
  }
};

/** Exports whose functions count themselves. @param {any} exports */
export const counting = (exports) => Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? counted(value) : value]));
