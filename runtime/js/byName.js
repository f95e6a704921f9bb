// @ts-check
// `lend.callRust`: calls by name. Packages with the feature `by-name` register every exported function. `register_call_rust!` registers a handler.

import { describe, isArray, LendError } from './error.js';
import { whenReplaced } from './memory.js';
import { setCaller } from './names.js';
import { shownParameters } from './signatures.js';

/** Key: a name. Value: what to call, and the description of the function. @type {Map<string, [Function, import('./signatures.js').About]>} */
const functions = new Map();

/** @param {Record<string, [Function, import('./signatures.js').About]>} more */
export function register(more) {
  setCaller(call);
  whenReplaced(reset);
  for (const name of Object.keys(more)) functions.set(name, more[name]);
}

/** Runs when another instance starts, which registers its own functions. */
const reset = () => functions.clear();

/** The name under which `register_call_rust!` registers its handler. No function can have it. */
const HANDLER = '$callRust';

/**
 * @param {string} what @param {string} name
 * @param {unknown[]} [params]
 * @returns {unknown[]} The result, if there is one. Of an async function its promise.
 */
function call(what, name, params = []) {
  if (typeof name !== 'string') throw new LendError('ERR_LEND_TYPE', `${what} takes a function's name; got ${describe(name)}`);
  if (!isArray(params)) throw new LendError('ERR_LEND_TYPE', `${what} takes the parameters as an Array; got ${describe(params)}`);
  const row = name === HANDLER ? undefined : functions.get(name);
  if (row === undefined) return callHandler(what, name, params);
  const [rust, about] = row;
  const parameters = about().slice(2);
  const required = requiredOf(parameters);
  if (params.length > parameters.length || params.length < required) {
    const count = required === parameters.length ? `${required}` : `${required} to ${parameters.length}`;
    throw new LendError(
      'ERR_LEND_NAME',
      `${what} takes ${count} ${parameters.length === 1 ? 'parameter' : 'parameters'} (${shownParameters(parameters)}); got ${params.length}`,
    );
  }
  return results(rust(...params));
}

/** @param {string[]} parameters @returns {number} How many have to be passed: those at the end that may be absent can be left out. */
function requiredOf(parameters) {
  let required = parameters.length;
  while (required > 0 && parameters[required - 1][0] === '?') required -= 1;
  return required;
}

/** @param {unknown} result */
const results = (result) => (result === undefined ? [] : [result]);

/** @param {string} what @param {string} name @param {unknown[]} params */
function callHandler(what, name, params) {
  const handler = functions.get(HANDLER);
  if (handler !== undefined) return handler[0](name, params);
  const names = [...functions.keys()].filter((name) => name !== HANDLER).sort().join(', ');
  throw new LendError('ERR_LEND_NAME', `${what}: there is no function of that name; there are ${names}`);
}
