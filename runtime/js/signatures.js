// @ts-check
// The exported functions by name: what each parameter takes, for messages, and calls by name.
//
// A snippet registers each function with one string per parameter: a code of what the parameter takes, a space, and the parameter as messages
// show it. `r0 values: &[u8]` takes elements of tag 0, to read. A code is read only when an error is made. The macro writes it, in `macros/src/form/`:
//
//   ?…          the parameter may be absent
//   nT          a number of element tag T: a whole number of that range, a BigInt (6, 7) or any number (8, 9)
//   U, I        a BigInt: `u128`, `i128`
//   b           true or false
//   c           a string of one character
//   t           a string
//   d           a number of milliseconds: `Duration`
//   f           a function
//   rE          elements that Rust reads: `&[T]`
//   kE          elements that Rust retains: `Buffer<T>`
//   wE          elements that Rust writes to or takes: `&mut [T]`, `BufferMut<T>`, `Vec<T>`
//   rE*N, wE*N  the same in the length N: `&[T; N]`, `&mut [T; N]`
//   rE/A, wE/A  an array or view of ndarray with A axes; without A any number of axes
//   v           a value that only Rust can check
//
// T is an element tag as a hexadecimal digit. E is the same, or in parentheses the Rust name of a type whose tag is known at the start only:
// `r(Particle)`. JavaScript could make the text of the type from the code, but that needs 250 bytes more in a small app.

import { arrayNames, arrays, rustNames } from './elements.js';
import { describe, isArray, LendError } from './error.js';
import { wasm } from './memory.js';

/** Key: a name. Value: the function, then a string for each parameter, as above. @type {Map<string, any[]>} */
const functions = new Map();

/** @param {Record<string, any[]>} more */
export function addFunctions(more) {
  for (const name of Object.keys(more)) functions.set(name, more[name]);
}

/** Key: the name of an export of the package. Value: what has that name, in words. @type {Map<string, string>} */
const owners = new Map();

/** Refuses a second export of one name. @param {string} name @param {string} owner The function, class or namespace of that name, in words. */
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

/** @param {Record<string, any[]>} rows @param {string} crate @param {string} [namespace] The object that has the functions. */
export function claimFunctions(rows, crate, namespace) {
  if (namespace !== undefined) return claim(namespace, `the namespace of the crate \`${crate}\``);
  for (const name of Object.keys(rows)) {
    if (!/[ .$]/.test(name)) claim(name, `the function \`${name}(${shownParameters(rows[name])})\` of the crate \`${crate}\``);
  }
}

/** Runs when another instance starts, which registers its own functions. */
export function forgetFunctions() {
  functions.clear();
  owners.clear();
}

/** @param {string} parameter @returns {string} The parameter as messages show it. */
const shown = (parameter) => parameter.slice(parameter.indexOf(' ') + 1);

/** @param {any[]} row */
const shownParameters = ([, ...parameters]) => parameters.map(shown).join(', ');

/**
 * Makes the stack of a refusal start where the user has called the function, without the frames of the shim and the runtime.
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
    // Without frames: `f` is not on the stack.
    if (!error.stack?.includes('\n', stack.indexOf(error.message) + error.message.length)) error.stack = stack;
  } catch {
    // The user's own formatter of stacks has thrown. The error matters more.
  }
  return error;
}

/** @param {string} name @param {number} index @returns {string} The start of a message: `sum(): argument `values: &[u8]``. */
export function place(name, index) {
  const parameter = functions.get(name)?.[index + 1];
  return `${name}(): argument \`${parameter === undefined ? index : shown(parameter)}\``;
}

/** @param {string} name @param {number} index */
function codeOf(name, index) {
  const parameter = functions.get(name)?.[index + 1] ?? 'v ';
  const isOptional = parameter[0] === '?';
  const code = parameter.slice(Number(isOptional), parameter.indexOf(' '));
  return { isOptional, kind: code[0], rest: code.slice(1) };
}

/** @param {string} name @param {number} index @returns {string} What a parameter takes, in JavaScript's terms. */
export function expected(name, index) {
  const { isOptional, kind, rest } = codeOf(name, index);
  return expectedOf(kind, rest) + (isOptional ? ', or undefined' : '');
}

/** @param {string} kind @param {string} rest */
function expectedOf(kind, rest) {
  if ('rkw'.includes(kind)) return expectedElements(kind, rest);
  const limits = range(kind, rest);
  if (limits !== null) {
    const [low, high] = limits;
    return typeof low === 'bigint' ? `a BigInt from ${low}n to ${high}n` : `a whole number from ${low} to ${high}`;
  }
  switch (kind) {
    case 'n':
      return 'a number';
    case 'b':
      return 'true or false';
    case 'c':
      return 'a string of one character';
    case 'd':
      return 'a number of milliseconds, from 0 to below 2 ** 64';
    case 'f':
      return 'a function';
    default:
      // Strings. Rust has words of its own for `v`.
      return 'a string';
  }
}

/** @param {string} kind @param {string} rest An element, and perhaps axes or a length. @returns {string} */
function expectedElements(kind, rest) {
  const star = rest.indexOf('*');
  if (star !== -1) return `${expectedElements(kind, rest.slice(0, star))}, of length ${rest.slice(star + 1)}`;
  const [element, axes] = rest.split('/');
  const array = arrayOf(element);
  const readable = `a ReadOnlyBuffer<${array}>`;
  const mutable = `a MutableBuffer<${array}>`;
  if (axes !== undefined) {
    const count = axes === '' ? '' : ` of ${axes} ${axes === '1' ? 'axis' : 'axes'} (reshape() gives it a shape)`;
    return (kind === 'r' ? `${readable} or ${mutable}` : mutable) + count;
  }
  switch (kind) {
    case 'r':
      return `${readable}, ${mutable} or a ${array}`;
    case 'k':
      return `${readable} (freeze() makes one of a MutableBuffer) or a ${array}`;
    default:
      return `${mutable} or a ${array}`;
  }
}

/** @param {string} element @returns {string} The typed array or record in JavaScript. */
function arrayOf(element) {
  if (element[0] !== '(') return arrayNames[parseInt(element, 16)];
  const name = element.slice(1, -1);
  return arrayNames[rustNames.indexOf(name)] ?? name;
}

/** @param {string} kind @param {string} rest @returns {[number | bigint, number | bigint] | null} The range of a type of whole numbers. */
function range(kind, rest) {
  if (kind === 'U' || kind === 'I') return rangeOf(128, kind === 'I');
  // The floats are 8 and 9. Signed types have odd tags.
  const tag = Number(rest);
  return kind === 'n' && tag < 8 ? rangeOf(arrays[tag].BYTES_PER_ELEMENT * 8, tag % 2 === 1) : null;
}

/** @param {number} bits @param {boolean} isSigned @returns {[number | bigint, number | bigint]} BigInts above 32 bits. */
function rangeOf(bits, isSigned) {
  const size = 2n ** BigInt(bits);
  const [low, high] = isSigned ? [-size / 2n, size / 2n - 1n] : [0n, size - 1n];
  return bits > 32 ? [low, high] : [Number(low), Number(high)];
}

/**
 * Tests a scalar, string or function again as its shim has tested it, to find the argument that the shim refuses.
 * @param {string} name @param {number} index @param {any} value
 * @returns {boolean} True for all other kinds too.
 */
export function isValid(name, index, value) {
  const { isOptional, kind, rest } = codeOf(name, index);
  if (isOptional && value == null) return true;
  const limits = range(kind, rest);
  if (limits !== null) {
    return typeof value === typeof limits[0] && value >= limits[0] && value <= limits[1] && (typeof value === 'bigint' || value % 1 === 0);
  }
  switch (kind) {
    case 'b':
      return typeof value === 'boolean';
    case 'n':
      return typeof value === 'number';
    case 'd':
      return typeof value === 'number' && value >= 0 && value < 2 ** 64;
    case 'c':
      return typeof value === 'string' && /^.$/su.test(value) && !/^[\ud800-\udfff]$/u.test(value);
    case 'f':
      return typeof value === 'function';
    default:
      return kind !== 't' || typeof value === 'string';
  }
}

/** The name under which `register_call_rust!` registers its handler. No function can have it. */
const HANDLER = '$callRust';

/**
 * @param {string} name
 * @param {unknown[]} [params]
 * @returns {unknown[]} The result, if there is one. Of an async function its promise.
 */
function call(name, params = []) {
  const what = `lend.callRust(${typeof name === 'string' ? `'${name}'` : ''})`;
  if (wasm === null) throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  if (typeof name !== 'string') throw new LendError('ERR_LEND_TYPE', `${what} takes a function's name; got ${describe(name)}`);
  if (!isArray(params)) throw new LendError('ERR_LEND_TYPE', `${what} takes the parameters as an Array; got ${describe(params)}`);
  const row = name === HANDLER ? undefined : functions.get(name);
  if (row === undefined) return callHandler(what, name, params);
  const [rust, ...parameters] = row;
  const required = requiredOf(parameters);
  if (params.length > parameters.length || params.length < required) {
    const count = required === parameters.length ? `${required}` : `${required} to ${parameters.length}`;
    throw new LendError(
      'ERR_LEND_NAME',
      `${what} takes ${count} ${parameters.length === 1 ? 'parameter' : 'parameters'} (${shownParameters(row)}); got ${params.length}`,
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
