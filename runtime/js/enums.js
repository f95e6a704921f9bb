// @ts-check
// The objects of exported enums: `Mode.Fast`.
//
// The functions of an enum come from the snippets of its `impl` blocks, which start later. So they are in the prototype of the object, and the
// object itself is frozen. `Object.values(Mode)` has the variants alone.

import { claimEarly } from './names.js';

/** Key: the crate and name of an enum. Value: the prototype with its functions. @type {Map<string, object>} */
const prototypes = new Map();

/** @param {string} key @returns {object} */
function prototypeOf(key) {
  const known = prototypes.get(key);
  if (known !== undefined) return known;
  const made = {};
  prototypes.set(key, made);
  return made;
}

/** @template T @param {string} key @param {T} variants @returns {Readonly<T>} The object of an enum. */
export function enumObject(key, variants) {
  const end = key.lastIndexOf('.');
  claimEarly(key.slice(end + 1), `the enum of the crate \`${key.slice(0, end)}\``);
  return Object.freeze(Object.assign(Object.create(prototypeOf(key)), variants));
}

/** Adds the functions of an `impl` block. @param {string} key @param {Record<string, Function>} functions */
export function extendEnum(key, functions) {
  for (const [name, value] of Object.entries(functions)) {
    Object.defineProperty(value, 'name', { value: name });
    Object.defineProperty(prototypeOf(key), name, { value, configurable: true });
  }
}
