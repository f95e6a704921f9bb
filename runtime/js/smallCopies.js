// @ts-check
// The first plain array of most calls is small. It is copied without a call of wasm: Rust has a slot for it, and JavaScript writes the slot's tag,
// its length and the elements itself.

import { attached, counts } from './copies.js';
import { arrays, knownLength, lengthOf, offsetOf, shifts } from './elements.js';
import { heap } from './heap.js';
import { wasm, whenReplaced } from './memory.js';

/** The size of the slot's memory: `SIZE` of `small` in `runtime/src/scratch.rs`. */
const SIZE = 1024;

/** What the copy of an array of one type needs. It is one object, because this path is as long as the rest of the call. */
class Small {
  /** @param {number} tag @param {number} at The place of `Description` in `runtime/src/scratch.rs`. */
  constructor(tag, at) {
    const [handle, bits, placeOfTag, placeOfLength, placeOfBorrow, address] = heap(4).subarray(at, at + 6);
    const places = [placeOfTag, placeOfLength, placeOfBorrow];
    const slot = Math.min(...places);
    this.prototype = arrays[tag].prototype;
    this.most = SIZE >>> shifts[tag];
    this.shift = shifts[tag];
    this.handle = handle;
    this.view = new arrays[tag](heap(0).buffer, address, this.most);
    // When memory has grown, this is detached, and what is read from it is undefined.
    this.words = new Uint32Array(heap(0).buffer, slot, ((Math.max(...places) - slot) >>> 2) + 1);
    this.tag = tag | bits;
    this.atTag = (placeOfTag - slot) >>> 2;
    this.atLength = (placeOfLength - slot) >>> 2;
    this.atBorrow = (placeOfBorrow - slot) >>> 2;
  }
}

/** By element tag. @type {Array<Small | undefined>} */
var smalls = [];

const { getPrototypeOf } = Object;
const isView = /** @type {(value: any) => boolean} */ (ArrayBuffer.isView);

/**
 * Copies the only plain array of a call, or the first one. Runs no foreign code: that could use memory which the call has already.
 *
 * The prototype tells a typed array's type. The array's name does that for arrays of other realms, too, but takes as long as the copy in
 * JavaScriptCore. Whoever changes the prototype of a typed array has its elements converted.
 * @param {any} value @param {number} tag
 * @returns {number} The handle, for this call. 0 if the value is something else, or does not fit, or a running call has the slot.
 */
export function copySmall(value, tag) {
  // First, because a Proxy has a trap for its prototype.
  if (!isView(value)) return 0;
  const small = smalls[tag];
  if (small === undefined) return copyFirst(value, tag);
  if (getPrototypeOf(value) !== small.prototype) return 0;
  try {
    const length = lengthOf(value);
    const { words } = small;
    if (length > small.most || length === 0) return 0;
    if (words[small.atBorrow] !== 0) return words.length === 0 ? copyFirst(value, tag) : 0;
    // Also if the copy fails: it may have changed what an argument of a call around this one has there.
    counts.uses += 1;
    small.view.set(value);
    words[small.atTag] = small.tag;
    words[small.atLength] = length;
    counts.copied += length << small.shift;
    return small.handle;
  } catch {
    return 0;
  }
}

/** The same for the first array of its type since the start, or since memory has grown. @param {any} value @param {number} tag @returns {number} */
function copyFirst(value, tag) {
  const length = knownLength(value, tag);
  // Before the slot is made, for which memory may grow: after that the value may be a detached view of it.
  if (length <= 0 || length > SIZE >>> shifts[tag]) return 0;
  const byteOffset = offsetOf(value);
  const at = wasm.lend_scratch_small() >>> 2;
  if (at === 0) return 0;
  if (smalls.length === 0) {
    smalls = shifts.map(() => undefined);
    whenReplaced(reset);
  }
  smalls[tag] = new Small(tag, at);
  return copySmall(attached(value, tag, byteOffset, length), tag);
}

function reset() {
  smalls = [];
}
