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
export const NO_SHAPE = 0xffffffff;

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

/** @param {unknown} value @returns {string | undefined} The name of a typed array's type, of any realm. */
export const arrayName = (value) => nameOf.call(value);

/** @param {TypedArray} array @returns {number} */
export const lengthOf = (array) => lengthGetter.call(array);

/** @param {TypedArray} array @returns {number} */
export const offsetOf = (array) => offsetGetter.call(array);

/** @param {unknown} value @returns {number} A typed array's tag, or -1. */
export const tagOfArray = (value) => arrayNames.indexOf(arrayName(value) ?? '');

/** @param {any} type @returns {number} The tag of a typed array's or record's constructor, or of Rust's name of a number; or -1. */
export function tagOfType(type) {
  if (typeof type === 'string') return rustNames.indexOf(type);
  return typeof type === 'function' && Object.hasOwn(type, '$tag') ? type.$tag : arrays.indexOf(type);
}

/** @param {number} shape As `lend_shape` gives it. @param {number} length */
export function describeShape(shape, length) {
  const kind = shape & MUTABLE ? 'MutableBuffer' : 'ReadOnlyBuffer';
  return `a ${kind}<${arrayNames[shape & ~MUTABLE] ?? '?'}> of length ${length}`;
}
