// @ts-check
// What loads plugins, in packages that do. It is in plugins.js, which no others have.

import { LendError } from './error.js';

/** @type {(source: any, options: any) => Promise<any>} */
export let load = async () => {
  throw new LendError('ERR_LEND_PLUGIN', 'lend.loadPlugin(): this package loads no plugins: build it with the feature `plugin-host` of wasm-lend');
};

/** @param {(source: any, options: any) => Promise<any>} f */
export const setLoader = (f) => void (load = f);
