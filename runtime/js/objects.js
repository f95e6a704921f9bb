// @ts-check
// The object table: values that Rust has by index. Negative indices are the stack of values that are borrowed for a call: `~index` is the
// place, and -1 the lowest. Indices from 0 on are the slab of values that Rust owns, with a free list through its empty places. These are two
// arrays, because one array cannot grow at both ends.

import { LendError } from './error.js';
import { heap } from './heap.js';
import { hasChecks, poison, wasm, whenReplaced } from './memory.js';
import { drops } from './pendingDrops.js';
import { errorBeforeCall, HAS_ENDS, outcome } from './refusal.js';

/** Values with a fixed place in the slab. */
const CONSTANTS = [undefined, null, true, false];

/** The borrowed values of the running calls. Shims push and pop them. @type {any[]} */
export const stack = [];

/**
 * The slab, and the list of values that Rust has dropped. They are in one object, because engines read its properties faster than variables of a
 * module.
 */
export const slab = {
  /** The values, and in each empty place the number of the next empty one. @type {any[]} */
  values: [undefined, null, true, false],
  /** The first empty place, or the number of places if all are full. */
  next: 4,
  /** The memory, from `heap(5)`. Signed, because JavaScriptCore keeps signed numbers as integers. Of length 0 when memory has grown. */
  words: /* @__PURE__ */ new Int32Array(0),
  /** The same array as `words`, for shims, which free a single argument themselves. Empty where only the runtime may free a place. */
  notes: /* @__PURE__ */ new Int32Array(0),
  /** The same array as `values`, for shims. Empty where only the runtime may free a place. @type {any[]} */
  places: [],
  /** The place of the list in `words`: the first index or 0, the number of others, then the others. */
  released: 0,
};

/** Called with each value that leaves the slab, once `lend.watch` is used. @type {((value: any) => void) | null} */
var watcher = null;

/** @param {(value: any) => void} f */
export function setWatcher(f) {
  watcher = f;
  slab.notes = new Int32Array(0);
}

/** @param {any} value @returns {number} The place of a constant, else -1. */
function placeOfConstant(value) {
  // `document.all` is `== null`, and no constant: `indexOf` compares with `===`.
  return value == null || value === true || value === false ? CONSTANTS.indexOf(value) : -1;
}

/**
 * Chooses the functions for this build at the first use of the table.
 * @template {unknown[]} A @template R @param {() => (...args: A) => R} chosen @returns {(...args: A) => R}
 */
const atFirst = (chosen) => (...args) => {
  [own, free, at] = [plainOwn, plainFree, plainAt];
  if (hasChecks) check();
  return chosen()(...args);
};

/** Gives Rust a value to own. @type {(value: any) => number} Returns its index. */
export var own = /* @__PURE__ */ atFirst(() => own);

/** Rust has dropped a value. @type {(index: number) => void} */
var free = /* @__PURE__ */ atFirst(() => free);

/** The value of an index. @type {(index: number) => any} */
export var at = /* @__PURE__ */ atFirst(() => at);

/** `own` for shims, which have the same function from before the first use. @param {any} value */
export const ownNow = (value) => own(value);

/** @param {any} value */
function plainOwn(value) {
  if (typeof value !== 'object' || value === null) {
    const place = placeOfConstant(value);
    if (place !== -1) return place;
  }
  const place = slab.next;
  if (place === slab.values.length) grow();
  slab.next = slab.values[place];
  slab.values[place] = value;
  return place;
}

/** The same, for arguments that a shim writes inside of its `try`. @param {any} value */
export function ownEarly(value) {
  try {
    return own(value);
  } catch (error) {
    throw errorBeforeCall(error);
  }
}

/** Makes more places. Rust has to know, because it counts the references to each. */
function grow() {
  const { length } = slab.values;
  const larger = Math.max(2 * length, 64);
  if (generations !== null && larger > PLACE) throw new LendError('ERR_LEND_OOM', 'no place for one object more in a build with checks');
  locate();
  if (wasm.lend_objects(larger) === 0) throw new LendError('ERR_LEND_OOM', `no memory for ${larger} objects`);
  for (let place = length; place < larger; place++) slab.values.push(place + 1);
  if (!hasChecks) slab.places = slab.values;
}

/** Finds the list of values that Rust has dropped. Before that its place would be address 0, the end of the stack. */
function locate() {
  whenReplaced(reset);
  slab.released = wasm.lend_released() >>> 2;
}

/** @param {number} index */
function plainFree(index) {
  const value = slab.values[index];
  slab.values[index] = slab.next;
  slab.next = index;
  if (watcher !== null) watcher(value);
}

/** The most indices in the list after the first: `ROOM_FOR` of `runtime/src/object/counts.rs`. */
const MOST_LISTED = 61;

/** Called from wasm. The index may be made up. @param {number} index */
export const disown = (index) => {
  const place = generations === null ? index : index & PLACE;
  if (place >= CONSTANTS.length && place < slab.values.length) free(index);
};

/** Frees the values that Rust has dropped in a call with owned arguments. The call has returned. */
export function settle() {
  if (slab.words.length === 0) {
    if (slab.released === 0) locate();
    slab.words = heap(5);
    if (watcher === null && generations === null) slab.notes = slab.words;
  }
  const { words, released } = slab;
  if (words[released] === 0) return;
  const first = words[released];
  const others = Math.min(words[released + 1], MOST_LISTED);
  words[released] = words[released + 1] = 0;
  disown(first);
  for (let i = 1; i <= others; i++) disown(words[released + 1 + i]);
}

/**
 * Ends the arguments in the table of a call that an exception has left.
 * @param {unknown} error
 * @param {number} flags Those of the call.
 * @param {number} depth The index of the call's first argument on the stack; not negative if it has none there.
 * @param {...number} owned The indices of its owned arguments.
 * @returns {unknown} The error.
 */
export function dropObjects(error, flags, depth, ...owned) {
  whenReplaced(reset);
  dropArguments(depth, owned);
  // Last, because what they call uses the table too.
  if ((flags & HAS_ENDS) === 0 && drops.any) drops.run();
  return error;
}

/** @param {number} depth @param {number[]} owned */
function dropArguments(depth, owned) {
  // The call's part of the stack begins at its first argument.
  if (depth < 0) stack.length = ~depth;
  if (poison !== null || owned.length === 0) return;
  if (outcome.wasAbandoned && outcome.wasMoved) {
    // Its frames owned them and are lost. Nobody knows whether the function has kept them, so they stay, as with wasm-bindgen.
    for (const _ of owned) wasm.lend_object_left();
  } else if (outcome.wasAbandoned) {
    // The shim still owned them.
    for (const index of owned) if (wasm.lend_object_release(index) !== 0) free(index);
  } else {
    // A later argument has thrown. Frees the values that Rust has not seen yet.
    const { released } = slab;
    const dropped = [...heap(4).subarray(released, released + 2 + heap(4)[released + 1])];
    const isUnseen = (/** @type {number} */ index) => index >= CONSTANTS.length && !dropped.includes(index) && wasm.lend_object_holders(index) === 0;
    for (const index of owned) if (isUnseen(index)) free(index);
  }
  settle();
}

/** A result. @param {number} raw Its index, shifted by one. The lowest bit is set if it leaves the table. */
export function takeObject(raw) {
  const index = raw >> 1;
  const value = at(index);
  if (raw & 1) free(index);
  return value;
}

/** @param {number} index @returns {any} */
const plainAt = (index) => (index < 0 ? stack[~index] : slab.values[index]);

/** The empty places. Made-up raw calls can turn the free list into a circle, or lead it to a value. */
function emptyPlaces() {
  const { values } = slab;
  const empty = new Set();
  /** @type {any} */
  let place = slab.next;
  while (Number.isInteger(place) && place >= CONSTANTS.length && place < values.length && !empty.has(place)) {
    empty.add(place);
    place = values[place];
  }
  return empty;
}

/** The number of values on the stack and in the slab. */
export function liveObjects() {
  if (slab.values.length > CONSTANTS.length) settle();
  return stack.length + slab.values.length - CONSTANTS.length - emptyPlaces().size;
}

/** The table, for tests: the stack from its bottom, and the slab, with the next empty place in each empty one. */
export function objectTable() {
  liveObjects();
  const empty = emptyPlaces();
  return { stack: [...stack], slab: slab.values.map((value, place) => (empty.has(place) ? { next: value } : { value })) };
}

/** True if Rust owns the value. @param {any} value */
export const owns = (value) => slab.values.indexOf(value, CONSTANTS.length) !== -1;

/** Runs when another instance takes over. The arrays stay the same, because shims have them. */
function reset() {
  stack.length = 0;
  slab.values.length = 0;
  slab.values.push(...CONSTANTS);
  slab.next = CONSTANTS.length;
  slab.words = slab.notes = new Int32Array(0);
  slab.places = [];
  slab.released = 0;
}

/** In builds with checks: how often each place of the slab was emptied. @type {number[] | null} */
var generations = null;
/** The bits of an index above its place, in builds with checks. */
const GENERATION = 24;
const PLACE = (1 << GENERATION) - 1;

/** Adds a generation to each index of the slab, so that an index that is used too late reaches no other value. */
function check() {
  /** @type {number[]} */
  const counts = (generations ??= []);
  /** @param {number} place */
  const marked = (place) => place | ((counts[place] ?? 0) << GENERATION);
  /** @param {number} index @param {boolean} isLive */
  const checked = (index, isLive) => {
    if (!isLive) throw new LendError('ERR_LEND_RELEASED', `the object of index ${index} was dropped`);
    return index;
  };
  own = (value) => marked(plainOwn(value));
  free = (index) => {
    const place = index & PLACE;
    checked(index, marked(place) === index);
    counts[place] = ((counts[place] ?? 0) + 1) & 0x3f;
    plainFree(place);
  };
  at = (index) => {
    const isLive = index < 0 ? ~index < stack.length : marked(index & PLACE) === index;
    return plainAt(checked(index, isLive) < 0 ? index : index & PLACE);
  };
}
