// @ts-check
// What a parameter of elements takes, in JavaScript's terms.

import { arrayNames, rustNames } from './elements.js';
import { codeOf, orAbsent } from './signatures.js';

/** @param {import('./signatures.js').About} about @param {number} index */
export function expected(about, index) {
  const { isOptional, kind, rest } = codeOf(about, index);
  return orAbsent(isOptional, expectedElements(kind, rest));
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
