// @ts-check
// Element types by element tag, slot tags, and safe access to typed arrays.

/**
 * @typedef {Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | BigUint64Array
 *   | BigInt64Array | Float32Array | Float64Array | Uint8ClampedArray} TypedArray
 */

/** A flag in the tag of a slot, beside the element tag: the buffer may be written to. */
export const MUTABLE = 1 << 16;

/** A flag in the tag of a slot: it holds an instance of a class. */
export const CLASS = 1 << 20;

/** The tag of a handle that names no slot. */
export const NO_TAG = 0xffffffff;

/** Element tags from here on are those of records, which records.js adds. */
export const FIRST_RECORD = 16;

/**
 * The numbers that buffers hold, by element tag: Rust's name and the typed array. Rust has the same list in `runtime/src/numbers.rs`, and a
 * Rust test reads this one: one entry a line.
 */
export const NUMBERS = [
  ['u8', 'Uint8Array'],
  ['i8', 'Int8Array'],
  ['u16', 'Uint16Array'],
  ['i16', 'Int16Array'],
  ['u32', 'Uint32Array'],
  ['i32', 'Int32Array'],
  ['u64', 'BigUint64Array'],
  ['i64', 'BigInt64Array'],
  ['f32', 'Float32Array'],
  ['f64', 'Float64Array'],
  ['Clamped<u8>', 'Uint8ClampedArray'],
  ['f16', 'Float16Array'],
];

/**
 * The typed arrays by element tag, then the classes of records. For half floats an array of their bits in engines without Float16Array.
 * @type {any[]}
 */
export const arrays = /* @__PURE__ */ NUMBERS.map(([, name]) => /** @type {any} */ (globalThis)[name] ?? Uint16Array);

export const arrayNames = /* @__PURE__ */ arrays.map((array) => array.name);

/** The typed arrays, as messages list them. */
export const typedArrays = /* @__PURE__ */ (() => [...new Set(arrayNames)].join(', '))();

/** Index: an element tag. Value: how far an address is shifted to the right to make an index of the element. */
export const shifts = /* @__PURE__ */ arrays.map((array) => Math.log2(array.BYTES_PER_ELEMENT));

export const rustNames = /* @__PURE__ */ NUMBERS.map(([name]) => name);

// The accessors of the prototype itself, so that a property of the same name on an array deceives nobody. V8 inlines them when they are called
// like this, and does not inline `array.byteOffset`.
const prototype = /* @__PURE__ */ Object.getPrototypeOf(Uint8Array.prototype);
/** @param {string | symbol} key */
const accessor = (key) => /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, key)?.get);
const nameOf = /* @__PURE__ */ accessor(Symbol.toStringTag);
const lengthGetter = /* @__PURE__ */ accessor('length');
const offsetGetter = /* @__PURE__ */ accessor('byteOffset');
const byteLengthGetter = /* @__PURE__ */ accessor('byteLength');
const bufferGetter = /* @__PURE__ */ accessor('buffer');
const keys = /* @__PURE__ */ (() => prototype.keys)();
const set = /* @__PURE__ */ (() => prototype.set)();

/** @param {unknown} value @returns {string | undefined} The type of a typed array of any realm, by its name. */
export const arrayName = (value) => nameOf.call(value);

/** @param {TypedArray} array @returns {number} */
export const lengthOf = (array) => lengthGetter.call(array);

const { getPrototypeOf } = Object;
const isView = /** @type {(value: any) => boolean} */ (ArrayBuffer.isView);

/** By element tag. */
const prototypes = /* @__PURE__ */ arrays.map((array) => array.prototype);

/**
 * The length of an array of this type, if its prototype says so. Runs no foreign code. The name tells the type of arrays of other realms, too, but to ask for it takes as
 * long as a small copy in JavaScriptCore.
 *
 * Whoever changes the prototype of a typed array has its elements converted. `lengthOf` throws for a DataView with another prototype.
 * @param {any} value @param {number} tag
 * @returns {number} -1 if the value is something else, or if only its name tells the type.
 */
export function knownLength(value, tag) {
  try {
    // First, because a Proxy has a trap for its prototype.
    return isView(value) && getPrototypeOf(value) === prototypes[tag] ? lengthOf(value) : -1;
  } catch {
    return -1;
  }
}

/** @param {TypedArray} array @returns {number} */
export const offsetOf = (array) => offsetGetter.call(array);

/** @param {TypedArray} array @returns {number} */
export const byteLengthOf = (array) => byteLengthGetter.call(array);

/**
 * V8 makes the `ArrayBuffer` of a small array only when it is asked for. That costs time.
 * @param {TypedArray} array @returns {ArrayBufferLike}
 */
export const bufferOf = (array) => bufferGetter.call(array);

const sizeOfBuffer = /* @__PURE__ */ (() => /** @type {() => any} */ (Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')?.get))();

/** @param {TypedArray} array @returns {boolean} True if another thread may make it longer. The accessor throws for a SharedArrayBuffer, of any realm. */
export function mayGrow(array) {
  try {
    sizeOfBuffer.call(bufferOf(array));
    return false;
  } catch {
    return true;
  }
}

/** Writes to an array of the user, which may have a `set` of its own. @param {TypedArray} array @param {TypedArray} elements */
export const write = (array, elements) => set.call(array, elements);

/**
 * Why an array of length 0 has lost its elements.
 * @param {TypedArray} array Of length 0. @returns {string} Words for a message; '' for an array that is just empty.
 */
export function lossOf(array) {
  try {
    keys.call(array);
    return '';
  } catch {
    return isDetached(bufferOf(array)) ? 'whose buffer is detached' : 'that is out of bounds of its buffer';
  }
}

/** @param {ArrayBufferLike} buffer */
function isDetached(buffer) {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** @param {TypedArray} array @returns {boolean} True if it is detached or out of bounds. */
export const isLost = (array) => lengthOf(array) === 0 && lossOf(array) !== '';

/** @param {unknown} value @returns {number} The element tag of a typed array, or -1. */
export const tagOfArray = (value) => arrayNames.indexOf(arrayName(value) ?? '');

/** @param {any} type @returns {number} The element tag of a typed array's constructor, of a record's class, or of Rust's name of a number; or -1. */
export function tagOfType(type) {
  if (typeof type === 'string') return rustNames.indexOf(type);
  const tag = recordTags.get(type) ?? arrays.indexOf(type);
  return tag === -1 ? tagOfForeign(type) : tag;
}

/** @param {any} type Perhaps a typed array's constructor of another realm. */
function tagOfForeign(type) {
  try {
    return typeof type === 'function' && arrayNames.includes(type.name) ? tagOfArray(new type(0)) : -1;
  } catch {
    return -1;
  }
}

/** Element tags of records, by their classes. @type {Map<unknown, number>} */
const recordTags = new Map();

/** Records that were made from plain objects, for one call or a new buffer. Nobody else has the memory of their bytes. */
export class Packed {
  /** @param {number} tag @param {number} length In records. @param {Uint8Array} bytes */
  constructor(tag, length, bytes) {
    this.#tag = tag;
    this.#bytes = bytes;
    this.length = length;
  }
  #tag;
  #bytes;

  /** @param {any} value @param {number} tag @returns {boolean} */
  static is = (value, tag) => typeof value === 'object' && value !== null && #tag in value && value.#tag === tag;

  /** @param {Packed} packed */
  static bytes = (packed) => packed.#bytes;
}

/**
 * Packs an Array of objects. Set by records.js, which only packages with records have.
 * @type {(tag: number, objects: any[], what: () => string) => Packed}
 */
export let pack;

/** @param {typeof pack} f */
export const setPacker = (f) => void (pack = f);

/** Runs when another instance takes over, which has tags of its own. */
export function forgetRecords() {
  recordTags.clear();
  arrays.length = Math.min(arrays.length, FIRST_RECORD);
  arrayNames.length = Math.min(arrayNames.length, FIRST_RECORD);
}

/** @param {unknown} record A class. @param {number} tag @param {any} array @param {string} name */
export function addRecord(record, tag, array, name) {
  recordTags.set(record, tag);
  arrays[tag] = array;
  arrayNames[tag] = name;
}
