// @ts-check
// Classes of the host, for imported types. Only packages that take one have this file.

/** Called from wasm. @param {string} name @returns {boolean} True if there is a class of this name. */
export const isClass = (name) => typeof (/** @type {any} */ (globalThis)[name]) === 'function';
