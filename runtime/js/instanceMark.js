// @ts-check
// The instance mark: buffers and instances of classes have it as `$lent`.

/** A property of the marks of every package and instance. Packages of other versions have the same symbol, so its text stays. */
const IS_MARK = Symbol.for('wasm-lend.home');

/**
 * Makes the mark of one instance. One comparison tells whether a buffer belongs to the instance that runs now, or to one before it.
 *
 * The mark is a function because structured clone refuses functions, and objects that have one. A clone of a buffer would be an empty object.
 * Engines show the text of the function in their error.
 */
export function makeMark() {
  const mark = () => 'buffers and instances of wasm-lend cannot be cloned or posted: post lend.share(buffer), or a copy, buffer.view.slice()';
  return Object.assign(mark, { [IS_MARK]: true });
}

/** A property of the prototype of each class of Rust: its name. */
export const CLASS_NAME = Symbol.for('wasm-lend.class');

/** @param {any} value @returns {boolean} True if it has the mark of a buffer, of any package and instance and in any state. */
export function isBuffer(value) {
  try {
    return value?.$lent?.[IS_MARK] === true && value[CLASS_NAME] === undefined;
  } catch {
    return false;
  }
}
