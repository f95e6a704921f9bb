// @ts-check
// The element types, by tag: the same rows as `runtime/src/numbers.rs`.

/**
 * @typedef {Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | BigUint64Array
 *   | BigInt64Array | Float32Array | Float64Array | Uint8ClampedArray} TypedArray
 */

/** Set in a shape, beside the tag, when a buffer may be written to. */
export const MUTABLE = 1 << 16;

/** Set in the tag of a class. */
export const CLASS = 1 << 20;

/** The shape of a handle that names no buffer. */
export const NO_TAG = 0xffffffff;

/** Tags from here on are those of records, which `records.js` adds. */
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
export const arrays = NUMBERS.map(([, name]) => /** @type {any} */ (globalThis)[name] ?? Uint16Array);

export const arrayNames = arrays.map((array) => array.name);

/** The typed arrays, as messages list them. */
export const typedArrays = [...new Set(arrayNames)].join(', ');

/** By element tag: how far an address is shifted to the right to make an index of the element. */
export const shifts = arrays.map((array) => Math.log2(array.BYTES_PER_ELEMENT));

export const rustNames = NUMBERS.map(([name]) => name);

// The accessors of the prototype itself: a property of the same name on an array deceives nobody. V8 inlines them so,
// and calls them as `array.byteOffset`.
const prototype = Object.getPrototypeOf(Uint8Array.prototype);
/** @param {string | symbol} key */
const accessor = (key) => /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, key)?.get);
const nameOf = accessor(Symbol.toStringTag);
const lengthGetter = accessor('length');
const offsetGetter = accessor('byteOffset');
const byteLengthGetter = accessor('byteLength');
const bufferGetter = accessor('buffer');
const { keys, set } = prototype;

/** @param {unknown} value @returns {string | undefined} The name of a typed array's type, of any realm. */
export const arrayName = (value) => nameOf.call(value);

/** @param {TypedArray} array @returns {number} */
export const lengthOf = (array) => lengthGetter.call(array);

/** @param {TypedArray} array @returns {number} */
export const offsetOf = (array) => offsetGetter.call(array);

/** @param {TypedArray} array @returns {number} */
export const byteLengthOf = (array) => byteLengthGetter.call(array);

/**
 * Costs V8 something for a small array of its own, for which it has made no `ArrayBuffer` so far.
 * @param {TypedArray} array @returns {ArrayBufferLike}
 */
export const bufferOf = (array) => bufferGetter.call(array);

/** Writes to an array that is the user's, who may have given it a `set` of its own. @param {TypedArray} array @param {TypedArray} elements */
export const write = (array, elements) => set.call(array, elements);

/**
 * What has become of an array's memory, of which it says only that it has no elements.
 * @param {TypedArray} array Of length 0. @returns {string} Words for a message; none for an array that is just empty.
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

/** @param {TypedArray} array @returns {boolean} True if its memory is gone. */
export const isLost = (array) => lengthOf(array) === 0 && lossOf(array) !== '';

/** @param {unknown} value @returns {number} A typed array's tag, or -1. */
export const tagOfArray = (value) => arrayNames.indexOf(arrayName(value) ?? '');

/** @param {any} type @returns {number} The tag of a typed array's or record's constructor, or of Rust's name of a number; or -1. */
export function tagOfType(type) {
  if (typeof type === 'string') return rustNames.indexOf(type);
  const tag = recordTags.get(type) ?? arrays.indexOf(type);
  return tag === -1 ? tagOfForeign(type) : tag;
}

/** @param {any} type A typed array's constructor of another realm, perhaps. */
function tagOfForeign(type) {
  try {
    return typeof type === 'function' && arrayNames.includes(type.name) ? tagOfArray(new type(0)) : -1;
  } catch {
    return -1;
  }
}

/** The tags of records, by the classes that a user has of them. @type {Map<unknown, number>} */
const recordTags = new Map();

/** Objects as the records of one call, or of a new buffer: their bytes are in memory that nobody else has. */
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
 * Packs an Array of objects. In records.js, which no other packages have.
 * @type {(tag: number, objects: any[], what: () => string) => Packed}
 */
export let pack;

/** @param {typeof pack} f */
export const setPacker = (f) => void (pack = f);

/** Another instance takes over, and has tags of its own. */
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
