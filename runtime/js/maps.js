// @ts-check
// Maps as arguments. Only packages that take one have this file.

/**
 * Called from wasm. @param {unknown} value
 * @returns {unknown[] | undefined} The keys and values, one after the other; `undefined` if the value is neither a `Map` nor a plain object.
 */
export function entriesOf(value) {
  if (value instanceof Map) return [...value].flat(1);
  if (typeof value !== 'object' || value === null) return undefined;
  const prototype = Object.getPrototypeOf(value);
  // A plain object of another realm has another `Object.prototype`.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain ? Object.entries(value).flat(1) : undefined;
}
