// @ts-check
// The signatures of the exported functions, for messages.

import { arrayNames, tagOfRust } from './elements.js';

/** By function: its arguments as Rust writes them, `values: &[u8]`. @type {Map<string, string[]>} */
const signatures = new Map();

/** @param {Record<string, string[]>} functions */
export function addSignatures(functions) {
  for (const [name, signature] of Object.entries(functions)) signatures.set(name, signature);
}

/** @param {string} name @param {number} index @returns {string} `sum: argument `values: &[u8]`` */
export function place(name, index) {
  return `${name}(): argument \`${signatures.get(name)?.[index] ?? index}\``;
}

/** @param {string} name @param {number} index @returns {string} What an argument takes, in JavaScript's terms. */
export function expected(name, index) {
  const [, type = ''] = /: (.*)/.exec(signatures.get(name)?.[index] ?? '') ?? [];
  const [, container, element] = /^(&mut |&|BufferMut|Buffer|Vec)[[<](.*)[\]>]$/.exec(type) ?? [];
  if (container === undefined) return expectedScalar(type);
  const array = arrayNames[tagOfRust(element)];
  switch (container) {
    case '&':
      return `a ReadOnlyBuffer<${array}>, a MutableBuffer<${array}> or a ${array}`;
    case 'Buffer':
      return `a ReadOnlyBuffer<${array}> (freeze() makes one of a MutableBuffer) or a ${array}`;
    default:
      return `a MutableBuffer<${array}> or a ${array}`;
  }
}

/** @param {string} type */
function expectedScalar(type) {
  if (type === 'bool') return 'true or false';
  if (type.startsWith('f')) return 'a number';
  const bits = Number(type.slice(1));
  const [low, high] = type.startsWith('u') ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
  return `a whole number from ${low} to ${high}`;
}
