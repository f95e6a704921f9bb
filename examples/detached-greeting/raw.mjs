// The original program: raw views over wasm memory. It is in the same module as the buffers but does not use wasm-lend.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * @param {WebAssembly.Module} module
 * @param {'set_name' | 'set_name_no_growth'} setName
 * @param {string} salutation @param {string} name
 * @returns {string}
 */
export function rawGreeting(module, setName, salutation, name) {
  /** @type {Record<string, any>} */
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === 'function') (imports[from] ??= {})[name] = () => {};
  }
  const exports = /** @type {any} */ (new WebAssembly.Instance(module, imports).exports);
  const mem8 = new Uint8Array(exports.memory.buffer);
  const message = exports.get_msg_ptr();
  mem8.set(encoder.encode(salutation), exports.get_salutation_ptr());
  mem8.set(encoder.encode(name), exports.get_name_ptr());
  const length = exports[setName](encoder.encode(salutation).length, encoder.encode(name).length);
  return decoder.decode(mem8.slice(message, message + length));
}
