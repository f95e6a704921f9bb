// @ts-check
// `lend.workers()`. A package has the pool itself only if one of its functions runs on workers.

import { LendError } from './error.js';
import { isStarted } from './memory.js';

/** @type {((options: any) => object) | null} */
let open = null;

/** @param {(options: any) => object} f */
export const setPool = (f) => void (open = f);

/** @param {any} [options] */
export function pool(options) {
  const what = 'lend.workers()';
  if (!isStarted()) throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  if (open === null) throw new LendError('ERR_LEND_TYPE', `${what}: no function that this app uses of the package runs on workers: it would have \`#[export(worker)]\``);
  return open(options);
}
