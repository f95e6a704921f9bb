// @ts-check
// The exported functions and their signatures, for messages and for calls by name.

import { arrayNames, rustNames } from './elements.js';

/** By name: the function, and its arguments as Rust writes them, `values: &[u8]`. @type {Map<string, any[]>} */
export const functions = new Map();

/** @param {Record<string, any[]>} more */
export function addFunctions(more) {
  for (const name of Object.keys(more)) functions.set(name, more[name]);
}

/** @param {string} name @param {number} index @returns {string} `sum: argument `values: &[u8]`` */
export function place(name, index) {
  return `${name}(): argument \`${functions.get(name)?.[index + 1] ?? index}\``;
}

/** @param {string} name @param {number} index @returns {string} What an argument takes, in JavaScript's terms. */
export function expected(name, index) {
  const signature = functions.get(name)?.[index + 1] ?? '';
  const type = signature.slice(signature.indexOf(': ') + 2);
  if (signature.slice(0, signature.indexOf(': ')).endsWith('?')) return `${expectedType(type)}, or undefined`;
  return type.startsWith('Option<') ? `${expectedType(type.slice('Option<'.length, -1))}, or undefined` : expectedType(type);
}

/** @param {string} type */
function expectedType(type) {
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

/** @param {string} type */
function expectedScalar(type) {
  switch (type) {
    case 'bool':
      return 'true or false';
    case 'char':
      return 'a string of one character';
    case 'f32':
    case 'f64':
      return 'a number';
  }
  const [, sign, size] = /^([ui])(\d+|size)$/.exec(type) ?? [];
  if (sign === undefined) return 'a string';
  const bits = size === 'size' ? 32 : Number(size);
  const [low, high] = sign === 'u' ? [0n, 2n ** BigInt(bits) - 1n] : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  return bits > 32 ? `a BigInt from ${low}n to ${high}n` : `a whole number from ${low} to ${high}`;
}
