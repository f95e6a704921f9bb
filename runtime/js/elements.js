// @ts-check
// The element types, by tag: the same rows as `runtime/src/element.rs`.

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

/** @type {any[]} */
export const arrays = [
  Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, BigUint64Array, BigInt64Array,
  Float32Array, Float64Array, Uint8ClampedArray,
  // The bits, in engines that do not know such floats yet.
  /** @type {any} */ (globalThis).Float16Array ?? Uint16Array,
];

export const arrayNames = arrays.map((array) => array.name);

/** The typed arrays, as messages list them. */
export const typedArrays = [...new Set(arrayNames)].join(', ');

/** How far an address is shifted to make an index into the heap's view of a type. */
export const shifts = arrays.map((array) => Math.log2(array.BYTES_PER_ELEMENT));

export const rustNames = ['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'u64', 'i64', 'f32', 'f64', 'Clamped<u8>', 'f16'];

/** @param {string} name @returns {number} The tag of Rust's type of that name, or -1. */
export const tagOfRust = (name) => rustNames.indexOf(name);

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
