// @ts-check
// Structs of `#[wasm_bindgen]` as arguments. Only packages that take one have this file.

let isInstance = false;

/** Called by wasm-bindgen's `__unwrap` when it has accepted the class of a value. 0 stands for no instance. */
function accepted() {
  isInstance = true;
  return 0;
}

/**
 * Called from wasm: an object that stands for a value in the `__unwrap` of a class. That is the only function by which wasm-bindgen says that a
 * value is of the class, and it would take an instance from JavaScript.
 * @param {any} value @returns {object}
 */
export function standIn(value) {
  isInstance = false;
  try {
    return Object.create(value, { __destroy_into_raw: { value: accepted } });
  } catch {
    // It is no object.
    return {};
  }
}

/**
 * Called from wasm after that.
 * @param {any} value @returns {number} The address of the struct; 0 for an instance that has none any more; -1 for any other value.
 */
export function pointerOf(value) {
  if (!isInstance) return -1;
  isInstance = false;
  try {
    // Its own, and no getter: an object that inherits from an instance would be taken in its place.
    const pointer = Object.getOwnPropertyDescriptor(value, '__wbg_ptr')?.value;
    return pointer >>> 0 === pointer ? pointer : -1;
  } catch {
    return -1;
  }
}
