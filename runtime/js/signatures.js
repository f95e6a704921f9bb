// @ts-check
// The exported functions in messages: their names, and what each parameter takes.
//
// A snippet describes each function with one string per parameter: a code of what the parameter takes, a space, and the parameter as messages
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

/**
 * A description of an exported function: the function, its name in messages, and a string for each parameter, as above. Each snippet has one
 * for each function. It is read only when an error is made.
 * @typedef {() => any[]} About
 */

/** Descriptions of functions that were called, and that Rust may name as the holder of a borrow. @type {Map<string, About>} */
const abouts = new Map();

/** @param {About} about */
export const remember = (about) => void abouts.set(nameOf(about), about);

/** @param {string} name @returns {About} */
export const remembered = (name) => abouts.get(name) ?? (() => [undefined, name]);

/** Describes what is no exported function. @type {About} */
export const nobody = () => [undefined, ''];

/** @param {About} about @returns {string} */
export const nameOf = (about) => about()[1];

/** Runs when another instance takes over. */
export const forgetFunctions = () => abouts.clear();

/** @param {string} parameter @returns {string} The parameter as messages show it. */
const shown = (parameter) => parameter.slice(parameter.indexOf(' ') + 1);

/** @param {string[]} parameters */
export const shownParameters = (parameters) => parameters.map(shown).join(', ');

/**
 * Makes the stack of a refusal start where the user has called the function, without the frames of the shim and the runtime.
 * @template {Error} E @param {About} about @param {E} error @returns {E}
 */
export function fromCaller(about, error) {
  const [shim] = about();
  return shim === undefined ? error : startStackAt(shim, error);
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

/** @param {About} about @param {number} index @returns {string} The start of a message: `sum(): argument `values: &[u8]``. */
export function place(about, index) {
  const [, name, ...parameters] = about();
  const parameter = parameters[index];
  return `${name}(): argument \`${parameter === undefined ? index : shown(parameter)}\``;
}

/** @param {About} about @param {number} index */
function codeOf(about, index) {
  const parameter = about()[index + 2] ?? 'v ';
  const isOptional = parameter[0] === '?';
  const code = parameter.slice(Number(isOptional), parameter.indexOf(' '));
  return { isOptional, kind: code[0], rest: code.slice(1) };
}

/** @param {About} about @param {number} index @returns {string} What a parameter takes, in JavaScript's terms. */
export function expected(about, index) {
  const { isOptional, kind, rest } = codeOf(about, index);
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
 * @param {About} about @param {number} index @param {any} value
 * @returns {boolean} True for all other kinds too.
 */
export function isValid(about, index, value) {
  const { isOptional, kind, rest } = codeOf(about, index);
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
