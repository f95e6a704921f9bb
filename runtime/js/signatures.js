// @ts-check
// The exported functions and their signatures, for messages and for calls by name.

import { arrayNames, rustNames } from './elements.js';
import { describe, isArray, LendError } from './error.js';
import { wasm } from './memory.js';

/** By name: the function, and its arguments as Rust writes them, `values: &[u8]`. @type {Map<string, any[]>} */
export const functions = new Map();

/** @param {Record<string, any[]>} more */
export function addFunctions(more) {
  for (const name of Object.keys(more)) functions.set(name, more[name]);
}

/** Who has each export of the package. @type {Map<string, string>} */
const owners = new Map();

/** @param {string} name An export. @param {string} owner The function, class or namespace of that name, in words. */
export function claim(name, owner) {
  const other = owners.get(name);
  if (other !== undefined) {
    throw new LendError(
      'ERR_LEND_NAME',
      `two exports of this package are called \`${name}\`: ${other}, and ${owner}. Give one another name (\`#[export(name = "…")]\` on a `
        + 'function), or put functions into a namespace (`#[export(namespace = "…")]` on a module)',
    );
  }
  owners.set(name, owner);
}

/** @param {Record<string, any[]>} rows @param {string} crate @param {string} [namespace] The object that has them. */
export function claimFunctions(rows, crate, namespace) {
  if (namespace !== undefined) return claim(namespace, `the namespace of the crate \`${crate}\``);
  for (const name of Object.keys(rows)) {
    if (!/[ .$]/.test(name)) claim(name, `the function \`${name}(${rows[name].slice(1).join(', ')})\` of the crate \`${crate}\``);
  }
}

/** Another instance starts, and makes its own. */
export function forgetFunctions() {
  functions.clear();
  owners.clear();
}

/**
 * Has the stack of a refusal start where the function was called, for what is between is not the user's.
 * @template {Error} E @param {string} name @param {E} error @returns {E}
 */
export function fromCaller(name, error) {
  const shim = functions.get(name)?.[0];
  return shim === undefined ? error : startStackAt(shim.method ?? shim, error);
}

/** @template {Error} E @param {Function} f @param {E} error @returns {E} The error. Its stack starts at the caller of `f`. */
export function startStackAt(f, error) {
  try {
    const { captureStackTrace } = /** @type {any} */ (Error);
    const { stack } = error;
    if (typeof captureStackTrace !== 'function' || typeof stack !== 'string') return error;
    captureStackTrace(error, f);
    // It was not called by that function: it has no frames then.
    if (!error.stack?.includes('\n', stack.indexOf(error.message) + error.message.length)) error.stack = stack;
  } catch {
    // Whoever formats stacks has thrown: the error is what matters.
  }
  return error;
}

/** @param {string} name @param {number} index @returns {string} `sum: argument `values: &[u8]`` */
export function place(name, index) {
  return `${name}(): argument \`${functions.get(name)?.[index + 1] ?? index}\``;
}

/** @param {string} name @param {number} index @returns {[string, boolean]} An argument's type, and whether it may be absent. */
function typeOf(name, index) {
  // Without the paths that a type may be written with.
  const signature = String(functions.get(name)?.[index + 1] ?? '').replace(/(?:\w+::)+/g, '');
  const colon = signature.indexOf(': ');
  const type = signature.slice(colon + 2);
  return type.startsWith('Option<') ? [type.slice('Option<'.length, -1), true] : [type, signature[colon - 1] === '?'];
}

/** @param {string} name @param {number} index @returns {string} What an argument takes, in JavaScript's terms. */
export function expected(name, index) {
  const [type, isOptional] = typeOf(name, index);
  return expectedType(type) + (isOptional ? ', or undefined' : '');
}

/** The types of functions. */
const CALLABLE = /^(Callback|Function)</;

/** @param {string} type What an array or view of ndarray takes, or nothing. */
function expectedArray(type) {
  const [, view, axes, parameters] = /^Array(ViewMut|View|)(\dD?|D?)<(?:'\w+, )?(.*)>$/.exec(type) ?? [];
  if (parameters === undefined) return undefined;
  const [element, dimension = `Ix${axes}`] = parameters.split(', ');
  const array = arrayNames[rustNames.indexOf(element)] ?? element;
  const count = /^Ix(\d)$/.exec(dimension)?.[1];
  const kinds = view === 'View' ? `a ReadOnlyBuffer<${array}> or a MutableBuffer<${array}>` : `a MutableBuffer<${array}>`;
  return kinds + (count === undefined ? '' : ` of ${count} ${count === '1' ? 'axis' : 'axes'} (reshape() gives it a shape)`);
}

/** @param {string} type */
function expectedType(type) {
  if (CALLABLE.test(type)) return 'a function';
  const ofArray = expectedArray(type);
  if (ofArray !== undefined) return ofArray;
  const [, container, element] = /^(&mut |&|BufferMut|Buffer|Vec)[[<](.*)[\]>]$/.exec(type) ?? [];
  if (container === undefined) return expectedScalar(type);
  const array = arrayNames[rustNames.indexOf(element)] ?? element;
  switch (container) {
    case '&':
      return `a ReadOnlyBuffer<${array}>, a MutableBuffer<${array}> or a ${array}`;
    case 'Buffer':
      return `a ReadOnlyBuffer<${array}> (freeze() makes one of a MutableBuffer) or a ${array}`;
    default:
      return `a MutableBuffer<${array}> or a ${array}`;
  }
}

/** @param {string} type @returns {[number | bigint, number | bigint] | null} The range of a type of whole numbers. */
function range(type) {
  const [, sign, size] = /^([ui])(\d+|size)$/.exec(type) ?? [];
  if (sign === undefined) return null;
  const bits = size === 'size' ? 32n : BigInt(size);
  const [low, high] = sign === 'u' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  return bits > 32n ? [low, high] : [Number(low), Number(high)];
}

/** What the scalars take that are no whole numbers; the rest are strings. @type {Record<string, string>} */
const SCALARS = { bool: 'true or false', char: 'a string of one character', f32: 'a number', f64: 'a number' };

/** @param {string} type */
function expectedScalar(type) {
  const limits = range(type);
  if (limits === null) return SCALARS[type] ?? 'a string';
  const [low, high] = limits;
  return typeof low === 'bigint' ? `a BigInt from ${low}n to ${high}n` : `a whole number from ${low} to ${high}`;
}

/**
 * True if a scalar or string is of its argument's type, as the shim has tested it. True for all other arguments.
 * @param {string} name @param {number} index @param {any} value
 */
export function isValid(name, index, value) {
  const [type, isOptional] = typeOf(name, index);
  if (isOptional && value == null) return true;
  const limits = range(type);
  if (limits !== null) {
    return typeof value === typeof limits[0] && value >= limits[0] && value <= limits[1] && (typeof value === 'bigint' || value % 1 === 0);
  }
  if (CALLABLE.test(type)) return typeof value === 'function';
  switch (type) {
    case 'bool':
      return typeof value === 'boolean';
    case 'f32':
    case 'f64':
      return typeof value === 'number';
    case 'char':
      return typeof value === 'string' && /^.$/su.test(value) && !/^[\ud800-\udfff]$/u.test(value);
    default:
      return typeof value === 'string' || !/^(&str|String|Box<str>|Cow<str>)$/.test(type);
  }
}

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
