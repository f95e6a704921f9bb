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

import { whenReplaced } from './memory.js';

/**
 * A description of an exported function: the function, its name in messages, and a string for each parameter, as above. Each snippet has one
 * for each function. It is read only when an error is made.
 * @typedef {() => any[]} About
 */

/** Descriptions of functions that were called, and that Rust may name as the holder of a borrow. @type {Map<string, About>} */
const abouts = new Map();

/** @param {About} about */
export function remember(about) {
  whenReplaced(forgetFunctions);
  abouts.set(nameOf(about), about);
}

/** @param {string} name @returns {About} */
export const remembered = (name) => abouts.get(name) ?? (() => [undefined, name]);

/** Describes what is no exported function. @type {About} */
export const nobody = () => [undefined, ''];

/** @param {About} about @returns {string} */
export const nameOf = (about) => about()[1];

/** Runs when another instance takes over. */
const forgetFunctions = () => abouts.clear();

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
export function codeOf(about, index) {
  const parameter = about()[index + 2] ?? 'v ';
  const isOptional = parameter[0] === '?';
  const code = parameter.slice(Number(isOptional), parameter.indexOf(' '));
  return { isOptional, kind: code[0], rest: code.slice(1) };
}

/** @param {boolean} isOptional @param {string} what @returns {string} What a parameter takes, in JavaScript's terms. */
export const orAbsent = (isOptional, what) => what + (isOptional ? ', or undefined' : '');
