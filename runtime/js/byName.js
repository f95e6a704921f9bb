// @ts-check
// Calls by name.

import { describe, isArray, LendError } from './error.js';
import { wasm } from './memory.js';
import { functions } from './signatures.js';

/** The name of `register_call_rust!`'s handler, which no function can have. */
const HANDLER = '$callRust';

/**
 * @param {string} name
 * @param {unknown[]} [params]
 * @returns {unknown[]} The result, if there is one; of an async function its promise.
 */
function call(name, params = []) {
  const what = `lend.callRust(${typeof name === 'string' ? `'${name}'` : ''})`;
  if (wasm === null) throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  if (typeof name !== 'string') throw new LendError('ERR_LEND_TYPE', `${what} takes a function's name; got ${describe(name)}`);
  if (!isArray(params)) throw new LendError('ERR_LEND_TYPE', `${what} takes the parameters as an Array; got ${describe(params)}`);
  const found = name === HANDLER ? undefined : functions.get(name);
  if (found === undefined) return callHandler(what, name, params);
  const [rust, ...signature] = found;
  const required = signature.length - trailing(signature);
  if (params.length > signature.length || params.length < required) {
    const count = required === signature.length ? `${required}` : `${required} to ${signature.length}`;
    throw new LendError(
      'ERR_LEND_NAME',
      `${what} takes ${count} ${signature.length === 1 ? 'parameter' : 'parameters'} (${signature.join(', ')}); got ${params.length}`,
    );
  }
  return results(rust(...params));
}

/** How many arguments at the end may be left out. @param {string[]} signature */
function trailing(signature) {
  const first = [...signature].reverse().findIndex((argument) => !/^[^:]*(\?|: Option<)/.test(argument));
  return first === -1 ? signature.length : first;
}

/** @param {unknown} result */
const results = (result) => (result === undefined ? [] : [result]);

/** @param {string} what @param {string} name @param {unknown[]} params */
function callHandler(what, name, params) {
  const handler = functions.get(HANDLER);
  if (handler !== undefined) return handler[0](name, params);
  const names = [...functions.keys()].sort().join(', ');
  throw new LendError('ERR_LEND_NAME', `${what}: there is no function of that name; there are ${names}`);
}

/** @param {string} name @param {unknown[]} [params] */
export function callRustSync(name, params) {
  return call(name, params);
}

/** @param {string} name @param {unknown[]} [params] */
export async function callRust(name, params) {
  return Promise.all(call(name, params));
}
