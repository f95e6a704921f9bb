// @ts-check
// The objects of exported enums: `Mode.Fast`.
//
// The functions of an enum come from the snippets of its `impl` blocks, which start later. So they are in the prototype of the object, and the
// object itself is frozen. `Object.values(Mode)` has the variants alone.

import { claimEarly } from './names.js';

/** Key: the crate and name of an enum. Value: the prototype with its functions. @typedef {Map<string, object>} Prototypes */

/** Of the package. @type {Prototypes} */
const prototypes = new Map();

/** @param {Prototypes} prototypes @param {string} key @returns {object} */
function prototypeOf(prototypes, key) {
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
  return Object.freeze(Object.assign(Object.create(prototypeOf(prototypes, key)), variants));
}

/** Adds the functions of an `impl` block. @param {string} key @param {Record<string, Function>} functions */
export const extendEnum = (key, functions) => extend(prototypes, key, functions);

/** @param {Prototypes} prototypes @param {string} key @param {Record<string, Function>} functions */
function extend(prototypes, key, functions) {
  for (const [name, value] of Object.entries(functions)) {
    Object.defineProperty(value, 'name', { value: name });
    Object.defineProperty(prototypeOf(prototypes, key), name, { value, configurable: true });
  }
}

/**
 * The same for one load of a plugin. Its snippets have nothing of the runtime before they start, so they make the objects themselves, and share
 * the prototypes at their start.
 */
export function enumsOfPlugin() {
  /** @type {Prototypes} */
  const prototypes = new Map();
  return {
    $extendEnum: (/** @type {string} */ key, /** @type {Record<string, Function>} */ functions) => extend(prototypes, key, functions),
    $shareEnum(/** @type {string} */ key, /** @type {object} */ prototype) {
      // An `impl` block may have started before.
      Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(prototypes.get(key) ?? {}));
      prototypes.set(key, prototype);
    },
  };
}
