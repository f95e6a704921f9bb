// @ts-check
// The mark of buffers and instances.

/** On the mark of every package and instance. */
const IS_MARK = Symbol.for('wasm-lend.home');

/**
 * The mark of one instance's own: each of them has it as `$lent`, so that what is left of an earlier instance is known by one comparison.
 * It is a function because structured clone refuses those, and with them what has one: a copy would be an empty object. Engines show its text.
 */
export function makeMark() {
  const mark = () => 'buffers and instances of wasm-lend cannot be cloned or posted: pass a copy, buffer.view.slice()';
  return Object.assign(mark, { [IS_MARK]: true });
}

/** On the prototype of each class of Rust's: its name. */
export const CLASS_NAME = Symbol.for('wasm-lend.class');

/** @param {any} value @returns {boolean} True if it says that it is a buffer, of whatever package and instance and in whatever state. */
export function isBuffer(value) {
  try {
    return value?.$lent?.[IS_MARK] === true && value[CLASS_NAME] === undefined;
  } catch {
    return false;
  }
}
