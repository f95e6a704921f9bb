// @ts-check
// What wasm calls when memory has gone. Who wants to know is in release.js, which an app without buffers does not have.

/** @type {(token: number) => void} */
let listener = () => {};

/** @param {(token: number) => void} f */
export const setListener = (f) => void (listener = f);

/** Called from wasm. @param {number} token */
export const released = (token) => listener(token >>> 0);
