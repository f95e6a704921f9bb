// @ts-check
// The table of the values that Rust knows by index. Below 0 is the stack, of those that are borrowed for a call: ~index is
// the place, -1 the lowest. From 0 on is the slab, of those that Rust owns, with a free list through the empty places. They are two arrays, for
// one cannot grow at both ends.

import { LendError } from './error.js';
import { hasChecks, heap, poison, wasm, whenReplaced } from './memory.js';
import { drops } from './pendingDrops.js';
import { errorBeforeCall, HAS_ENDS, outcome } from './refusal.js';

/** The values that have places of their own, and need no others. */
const CONSTANTS = [undefined, null, true, false];

/** The values of the calls under way, one upon the other; shims push and pop for themselves. @type {any[]} */
export const stack = [];

/** The slab, and where Rust notes what it has let go of. One object, whose properties engines find faster than variables of a module. */
export const slab = {
  /** The values, and in each empty place the next empty one. @type {any[]} */
  values: [...CONSTANTS],
  /** The first empty place; that behind the last if there is none. */
  next: CONSTANTS.length,
  /** The memory, as `heap(5)` gives it (an index is a signed number, which JavaScriptCore keeps as one); of length 0 when it has grown since. */
  words: new Int32Array(0),
  /** `words` for the shims, which free the usual argument for themselves: empty where the runtime has to. */
  notes: new Int32Array(0),
  /** `values` for the shims likewise. @type {any[]} */
  places: [],
  /** Where in it the indices are: one by itself, or 0; then how many others, and then they. */
  released: 0,
};

/** Called with each value that leaves the slab, if anybody wants to know. @type {((value: any) => void) | null} */
var watcher = null;

/** @param {(value: any) => void} f */
export function setWatcher(f) {
  watcher = f;
  slab.notes = new Int32Array(0);
}

/** @param {any} value @returns {number} Its place if it is a constant, else -1. */
function placeOfConstant(value) {
  // `document.all` is no constant, although it is `== null`.
  return value == null || value === true || value === false ? CONSTANTS.indexOf(value) : -1;
}

/** Gives Rust a value to own. @param {any} value @returns {number} Its index. */
export var own = (value) => {
  if (typeof value !== 'object' || value === null) {
    const place = placeOfConstant(value);
    if (place !== -1) return place;
  }
  const place = slab.next;
  if (place === slab.values.length) grow();
  slab.next = slab.values[place];
  slab.values[place] = value;
  return place;
};

/** The same, where a shim writes its arguments. @param {any} value */
function ownEarly(value) {
  try {
    return own(value);
  } catch (error) {
    throw errorBeforeCall(error);
  }
}

/** More room, of which Rust is told: it counts the holders of each place. */
function grow() {
  const { length } = slab.values;
  const larger = Math.max(2 * length, 64);
  if (generations !== null && larger > PLACE) throw new LendError('ERR_LEND_OOM', 'no place for one object more in a build with checks');
  locate();
  if (wasm.lend_objects(larger) === 0) throw new LendError('ERR_LEND_OOM', `no memory for ${larger} objects`);
  for (let place = length; place < larger; place++) slab.values.push(place + 1);
}

/** Finds where Rust notes what it has let go of, before anybody looks there: at address 0 is the end of the stack. */
function locate() {
  whenReplaced(reset);
  slab.released = wasm.lend_released() >>> 2;
}

/** Rust has let go of a value. @param {number} index */
var free = (index) => {
  const value = slab.values[index];
  slab.values[index] = slab.next;
  slab.next = index;
  if (watcher !== null) watcher(value);
};

/** How many more than one Rust notes: `ROOM_FOR` of `runtime/src/object/counts.rs`. */
const MOST_NOTED = 61;

/** Called from wasm; the number may be made up. @param {number} index */
export const disown = (index) => {
  const place = generations === null ? index : index & PLACE;
  if (place >= CONSTANTS.length && place < slab.values.length) free(index);
};

/** Frees what Rust has let go of in a call with owned arguments, now that it has returned. */
export function settle() {
  if (slab.words.length === 0) {
    slab.words = heap(5);
    if (watcher === null && generations === null) slab.notes = slab.words;
  }
  const { words, released } = slab;
  if (words[released] === 0) return;
  const first = words[released];
  const others = Math.min(words[released + 1], MOST_NOTED);
  words[released] = words[released + 1] = 0;
  disown(first);
  for (let i = 1; i <= others; i++) disown(words[released + 1 + i]);
}

/**
 * Ends what a call had that an exception has left.
 * @param {unknown} error
 * @param {number} flags Those of the call.
 * @param {number} depth How many arguments are on the stack, unless it is a lower one's.
 * @param {...number} owned What the function could own.
 * @returns {unknown} The error.
 */
function dropObjects(error, flags, depth, ...owned) {
  dropArguments(depth, owned);
  // Not before: what they call uses the table too.
  if ((flags & HAS_ENDS) === 0 && drops.any) drops.run();
  return error;
}

/** @param {number} depth @param {number[]} owned */
function dropArguments(depth, owned) {
  // The first that was pushed says where its call's part of the stack begins.
  if (depth < 0) stack.length = ~depth;
  if (poison !== null || owned.length === 0) return;
  if (outcome.wasAbandoned && outcome.wasMoved) {
    // What its frames owned is lost with them, as with wasm-bindgen: nobody knows whether it was kept.
    for (const _ of owned) wasm.lend_object_left();
  } else if (outcome.wasAbandoned) {
    // They were still the shim's.
    for (const index of owned) if (wasm.lend_object_release(index) !== 0) free(index);
  } else {
    // Those that Rust has not seen yet: thrown while another argument was made.
    const { released } = slab;
    const noted = [...heap(4).subarray(released, released + 2 + heap(4)[released + 1])];
    const isUnseen = (/** @type {number} */ index) => index >= CONSTANTS.length && !noted.includes(index) && wasm.lend_object_holders(index) === 0;
    for (const index of owned) if (isUnseen(index)) free(index);
  }
  settle();
}

/** A result. @param {number} raw Its index, and in the lowest bit whether it leaves the table. */
function object(raw) {
  const index = raw >> 1;
  const value = at(index);
  if (raw & 1) free(index);
  return value;
}

/** @param {number} index @returns {any} */
export var at = (index) => (index < 0 ? stack[~index] : slab.values[index]);

/** The empty places. Whoever makes raw calls up can have turned their list into a circle, or have it lead to a value. */
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

/** How many values there are, on the stack and in the slab. */
export function liveObjects() {
  if (slab.values.length > CONSTANTS.length) settle();
  return stack.length + slab.values.length - CONSTANTS.length - emptyPlaces().size;
}

/** What is in the table: the stack from its bottom, and the slab with the next empty place in the empty ones. */
export function objectTable() {
  liveObjects();
  const empty = emptyPlaces();
  return { stack: [...stack], slab: slab.values.map((value, place) => (empty.has(place) ? { next: value } : { value })) };
}

/** True if Rust owns the value. @param {any} value */
export const owns = (value) => slab.values.indexOf(value, CONSTANTS.length) !== -1;

/** Another instance takes over: what the one before has owned is nobody's. The arrays stay, for shims have them. */
function reset() {
  stack.length = 0;
  slab.values.length = 0;
  slab.values.push(...CONSTANTS);
  slab.next = CONSTANTS.length;
  slab.words = slab.notes = new Int32Array(0);
  slab.released = 0;
}

/** @param {object} runtime */
export function attachObjects(runtime) {
  locate();
  if (!hasChecks) slab.places = slab.values;
  else if (generations === null) check();
  Object.assign(runtime, { $stack: stack, $slab: slab, $own: own, $ownEarly: ownEarly, $settle: settle, $dropObjects: dropObjects, $object: object });
}

/** How often each place of the slab was emptied. @type {number[] | null} */
var generations = null;
/** The bits of an index above its place, in builds with checks. */
const GENERATION = 24;
const PLACE = (1 << GENERATION) - 1;

/** An index of the slab has a generation from now on, so that one that is used too late gets at nobody else's value. */
function check() {
  /** @type {number[]} */
  const counts = (generations = []);
  /** @param {number} place */
  const marked = (place) => place | ((counts[place] ?? 0) << GENERATION);
  /** @param {number} index @param {boolean} isLive */
  const checked = (index, isLive) => {
    if (!isLive) throw new LendError('ERR_LEND_RELEASED', `the object of index ${index} was let go of`);
    return index;
  };
  const [plainOwn, plainFree, plainAt] = [own, free, at];
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
