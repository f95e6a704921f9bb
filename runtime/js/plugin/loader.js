// @ts-check
// The hook for `lend.loadPlugin()`: load.js sets it, which only packages with the feature `plugin-host` have.

import { LendError } from '../error.js';

/** @type {(source: any, options: any) => Promise<any>} */
export let load = async () => {
  throw new LendError('ERR_LEND_PLUGIN', 'lend.loadPlugin(): this package loads no plugins: build it with the feature `plugin-host` of wasm-lend');
};

/** @param {(source: any, options: any) => Promise<any>} f */
export const setLoader = (f) => void (load = f);
