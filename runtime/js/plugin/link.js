// @ts-check
// Links a plugin: its memory, its places in the function table, its imports.

import { heap } from '../heap.js';
import { instance, replaced, wasm } from '../memory.js';
import { refused } from './module.js';

/** The host's function table. @type {WebAssembly.Table} */
let table;

/** Ranges of the table that unloaded plugins had. @type {Array<{ start: number, count: number }>} */
const free = [];

/** @param {WebAssembly.Table} functions */
export const setTable = (functions) => void (table = functions);

/** Runs when another instance takes over, with a table of its own. */
export const forgetPlaces = () => void (free.length = 0);

/** @param {string} what @param {number} count @returns {number} The first of `count` places. */
function takeSlots(what, count) {
  const index = free.findIndex((range) => range.count >= count);
  if (index !== -1) {
    const range = free[index];
    const start = range.start;
    range.start += count;
    range.count -= count;
    if (range.count === 0) free.splice(index, 1);
    return start;
  }
  try {
    return table.grow(count);
  } catch (cause) {
    throw refused(what, `the function table has no ${count} places more: link the package with \`--growable-table\` (docs/PLUGINS.md)`, cause);
  }
}

/** @param {number} start @param {number} count */
function giveSlots(start, count) {
  for (let place = start; place < start + count; place++) table.set(place, null);
  free.push({ start, count });
  free.sort((one, other) => one.start - other.start);
  for (let i = free.length - 1; i > 0; i--) {
    if (free[i - 1].start + free[i - 1].count !== free[i].start) continue;
    free[i - 1].count += free[i].count;
    free.splice(i, 1);
  }
}

/**
 * @typedef {object} Place Where a plugin is.
 * @property {number} memory Address of its data.
 * @property {number} size In bytes.
 * @property {number} align
 * @property {number} start Its first place in the table.
 * @property {number} slots Its number of places in the table.
 */

/** @param {string} what @param {{ size: number, align: number, slots: number }} needs @returns {Place} */
export function reserve(what, { size, align, slots }) {
  // Zeroed: data segments leave zeros out, and an unloaded plugin may have used the memory.
  const memory = size === 0 ? 0 : wasm.lend_memory_alloc_zeroed(size, align) >>> 0;
  if (size !== 0 && memory === 0) throw refused(what, `no memory for its ${size} bytes of data`);
  try {
    return { memory, size, align, start: takeSlots(what, slots), slots };
  } catch (error) {
    release({ memory, size, align, start: 0, slots: 0 });
    throw error;
  }
}

/** @param {Place} place */
export function release({ memory, size, align, start, slots }) {
  if (size !== 0) wasm.lend_memory_dealloc(memory, size, align);
  if (slots !== 0) giveSlots(start, slots);
}

/** Addresses and table places that a plugin imports by name. They are known only when it is instantiated. */
class Offsets {
  /** @type {Map<string, WebAssembly.Global>} */
  memory = new Map();
  /** @type {Map<string, WebAssembly.Global>} */
  functions = new Map();

  /** @param {Map<string, WebAssembly.Global>} which @param {string} name */
  of(which, name) {
    const offset = which.get(name) ?? new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
    which.set(name, offset);
    return offset;
  }

  /** @param {string} what @param {any} exports @param {Place} place With room for these functions too. @param {WebAssembly.Table} own */
  resolve(what, exports, place, own) {
    for (const [name, offset] of this.memory) {
      if (!(exports[name] instanceof WebAssembly.Global)) throw refused(what, `nothing has the static \`${name}\` that it wants`);
      offset.value = place.memory + exports[name].value;
    }
    let next = place.start + place.slots - this.functions.size;
    for (const [name, offset] of this.functions) {
      if (typeof exports[name] !== 'function') throw refused(what, `nothing has the function \`${name}\` that it wants`);
      own.set(next, exports[name]);
      offset.value = next++;
    }
  }
}

/** The number of functions whose table places it imports by name. @param {WebAssembly.Module} module */
export const functionsByName = (module) => WebAssembly.Module.imports(module).filter(({ module }) => module === 'GOT.func').length;

/**
 * @param {string} what
 * @param {WebAssembly.Module} module
 * @param {Place} place
 * @param {(module: string, name: string) => any} imported Finds its imports from the runtime and other modules.
 * @returns {Promise<any>} Its exports.
 */
export async function link(what, module, place, imported) {
  const offsets = new Offsets();
  // A table of its own: V8 (Node 20 and 22) keeps each instance that imports a table as long as the table lives. It has the same places as the
  // host's table, which gets the functions too.
  const own = new WebAssembly.Table({ element: 'anyfunc', initial: place.start + place.slots });
  /** @type {Record<string, any>} */
  const env = {
    memory: instance.memory,
    __indirect_function_table: own,
    __stack_pointer: instance.__stack_pointer,
    __memory_base: new WebAssembly.Global({ value: 'i32', mutable: false }, place.memory),
    __table_base: new WebAssembly.Global({ value: 'i32', mutable: false }, place.start),
  };
  /** @type {Record<string, Record<string, any>>} */
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    if (from === 'GOT.mem') imports[from][name] = offsets.of(offsets.memory, name);
    else if (from === 'GOT.func') imports[from][name] = offsets.of(offsets.functions, name);
    else if (from === 'env' && name in env) imports[from][name] = env[name];
    else imports[from][name] = imported(from, name);
  }
  /** @type {any} */
  let exports;
  try {
    ({ exports } = await WebAssembly.instantiate(module, imports));
  } catch (cause) {
    throw refused(what, `it cannot be linked, so it is damaged, or of another version of wasm-lend: ${/** @type {Error} */ (cause).message}`, cause);
  }
  if (env.memory !== instance.memory) throw replaced(`${what}: the memory that it was linked into belongs`);
  offsets.resolve(what, exports, place, own);
  for (let at = place.start; at < place.start + place.slots; at++) table.set(at, own.get(at));
  /** @type {any} */ (exports).__wasm_apply_data_relocs?.();
  /** @type {any} */ (exports).__wasm_call_ctors?.();
  return exports;
}

/** @param {number} address @param {number} count */
export const wordsAt = (address, count) => heap(4).slice(address >>> 2, (address >>> 2) + count);
