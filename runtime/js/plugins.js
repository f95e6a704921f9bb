// @ts-check
// `lend.loadPlugin()`: modules over the memory of this one. A part of its own, for packages with the feature `plugin-host`.

import { arrayNames, MUTABLE } from './elements.js';
import { describe, LendError } from './error.js';
import { attachClasses, forgetClass } from './classes.js';
import { attachExclusive } from './exclusive.js';
import { findFrames, isRunning, leaveFrames } from './frames.js';
import { setLoader } from './lend.js';
import { setModules } from './accounting.js';
import { hasChecks, heap, instance, poison, returned, wasm } from './memory.js';
import { className } from './nouns.js';
import { attachObjects } from './objects.js';
import { attachOwned } from './owned.js';
import { importsOf } from './pluginImports.js';
import { functionsByName, link, release, reserve, setTable, wordsAt } from './pluginLink.js';
import { compile, read, refused } from './pluginModule.js';
import { afterTrap, deadExports, reasonOf, whenPoisoned } from './poison.js';
import { failedIn } from './refusal.js';
import { attachResults } from './results.js';
import { attachScalars } from './scalars.js';
import { addFunctions } from './signatures.js';
import { attachSlices } from './slices.js';
import { attachText } from './text.js';
import { attachValues } from './values.js';

/** What shims may use of the runtime, by the names that a plugin has for the parts. @type {Record<string, (runtime: object) => void>} */
const PARTS = {
  attach_slices: attachSlices,
  attach_exclusive: attachExclusive,
  attach_owned: attachOwned,
  attach_results: attachResults,
  attach_text: attachText,
  attach_scalars: attachScalars,
  attach_objects: attachObjects,
  attach_classes: attachClasses,
  attach_values: attachValues,
};

/** Where imports from this package itself come from. */
const HOST = 'host';

/** The version of wasm-lend in this package. */
let version = '';

/** What shims get: the package's own, and every part of the runtime. @type {any} */
let shared;

/** What other modules may call of this package: the export and its signature, by name. @type {Map<string, [string, string]>} */
const offered = new Map();

/** The plugins that are there, by name. @type {Map<string, Plugin>} */
const plugins = new Map();

/** What each plugin that was ever asked for imports from, to find circles. @type {Map<string, string[]>} */
const sources = new Map();

/** Names of plugins that are being loaded. @type {Set<string>} */
const loading = new Set();

/** The numbers of those that are there; the package has 0. @type {Array<Plugin | undefined>} */
const byNumber = [undefined];

/** The shims of modules that have been loaded before. @type {WeakMap<WebAssembly.Module, Array<() => any>>} */
const evaluated = new WeakMap();

/** The last place of no slot: `NO_SLOT` of `runtime/src/table/mod.rs`. */
const NO_SLOT = 0xffffffff;

class Plugin {
  /** @type {any} */
  exports = null;
  /** How its snippets take the functions they call. @type {Array<(exports: object) => void>} */
  binders = [];
  /** The tags of its classes. @type {number[]} */
  classes = [];
  /** Why it cannot be called any more. @type {LendError | null} */
  ended = null;

  /** @param {string} name @param {import('./pluginModule.js').Description} description @param {number} number */
  constructor(name, description, number) {
    this.name = name;
    this.description = description;
    this.number = number;
    /** @type {import('./pluginLink.js').Place} */
    this.place = { memory: 0, size: 0, align: 1, start: 0, slots: 0 };
    /** @type {import('./closures.js').Owner} */
    this.owner = {
      run: (id, count) => this.exports.lend_closure(id, count),
      free: (id) => {
        if (this.ended !== null) return;
        try {
          this.exports.lend_closure_free(id);
        } catch (error) {
          throw failedIn(afterTrapIn, error, []);
        }
      },
      failed: (error) => failedIn(afterTrapIn, error, []),
    };
  }

  /** Ends it: its functions throw from now on. @param {LendError} error @param {object} dead */
  end(error, dead) {
    if (this.ended !== null) return;
    this.ended = error;
    this.exports = dead;
    for (const bind of this.binders) bind(dead);
  }

  /** A panic or trap of its own. @param {string} reason @param {unknown} [cause] @returns {LendError} */
  trapped(reason, cause) {
    if (this.ended !== null) return this.ended;
    const error = new LendError('ERR_LEND_PANIC', `the plugin ${this.name}: ${reason}`, cause === undefined ? undefined : { cause });
    // For the calls of other modules, which do not come here.
    this.exports.lend_plugin_end();
    this.end(error, deadExports(error, `the plugin ${this.name}`));
    return error;
  }

  /** The runtime that its shims see. */
  runtime() {
    const runtime = Object.create(shared);
    return Object.assign(runtime, {
      $register: (/** @type {Record<string, any[]>} */ more, /** @type {(exports: object) => void} */ bind) => {
        addFunctions(more);
        this.binders.push(bind);
        bind(this.exports);
      },
      $failed: (/** @type {unknown} */ error, /** @type {Array<number | [number]>} */ ...handles) => failedIn(afterTrapIn, error, handles),
      $defineClass: (/** @type {any} */ Class, /** @type {number} */ tag, /** @type {string} */ name, /** @type {any} */ access) => {
        this.classes.push(tag);
        return shared.$defineClass(Class, tag, name, access);
      },
    });
  }

  /** What of it is alive, in words. @returns {string[]} */
  holders() {
    const found = [];
    for (const other of plugins.values()) {
      if (other.description.imports.some(({ module }) => module === this.name)) found.push(`the plugin ${other.name}, which imports its functions`);
    }
    if (isRunning(this.number)) found.push('a call of it that is still running');
    for (let index = 0; ; index++) {
      index = wasm.lend_module_next(this.number, index) >>> 0;
      if (index === NO_SLOT) break;
      found.push(describeSlot());
    }
    const closures = this.ended === null ? this.exports.lend_closures() : 0;
    if (closures !== 0) found.push(`${closures} ${closures === 1 ? 'closure' : 'closures'} of it`);
    const listeners = wasm.lend_module_listeners(this.number);
    if (listeners !== 0) found.push(`${listeners} ${listeners === 1 ? 'closure' : 'closures'} of it that wait for the end of buffers`);
    return found;
  }

  unload() {
    const what = `${this.name}.unload()`;
    if (plugins.get(this.name) !== this) throw new LendError('ERR_LEND_RELEASED', `${what}: the plugin was unloaded`);
    const holders = this.holders();
    if (holders.length > 0) throw refused(what, `still in use: ${list(holders)}`);
    plugins.delete(this.name);
    const error = new LendError('ERR_LEND_RELEASED', `the plugin ${this.name} was unloaded`);
    const unloaded = () => {
      throw new LendError('ERR_LEND_RELEASED', `the plugin ${this.name} was unloaded`);
    };
    // Also of one that has ended before.
    this.ended = null;
    this.end(error, new Proxy({}, { get: () => unloaded }));
    this.forget();
  }

  /** Gives everything back that it had of the host. */
  forget() {
    const { memory, size } = this.place;
    wasm.lend_module_ended(this.number, memory, memory + size);
    for (const tag of this.classes) forgetClass(tag);
    this.binders = [];
    byNumber[this.number] = undefined;
    release(this.place);
  }

  stats() {
    const { memory, size, start, slots } = this.place;
    return {
      name: this.name,
      ...countsOf(this.number),
      closures: this.ended === null ? this.exports.lend_closures() : 0,
      data: { offset: memory, length: size },
      table: { offset: start, length: slots },
    };
  }
}

/** The slot that `lend_module_next` has found, in words. */
function describeSlot() {
  const [length, shape] = heap(4).subarray(returned, returned + 2);
  const kind = className(shape);
  if (kind !== undefined) return `an instance of ${kind}`;
  return `a ${shape & MUTABLE ? 'MutableBuffer' : 'ReadOnlyBuffer'}<${arrayNames[shape & ~MUTABLE]}> of length ${length}`;
}

/** @param {string[]} holders */
function list(holders) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const holder of holders) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  const words = [...counts].map(([holder, count]) => (count === 1 ? holder : `${holder} (${count} of these)`));
  return words.slice(0, 8).join('; ') + (words.length > 8 ? `; and ${words.length - 8} more` : '');
}

/** @param {number} module */
const countsOf = (module) => ({ buffers: wasm.lend_module_buffers(module) >>> 0, bytes: wasm.lend_module_bytes(module) >>> 0 });

const modules = () => [{ name: HOST, ...countsOf(0) }, ...[...plugins.values()].map((plugin) => plugin.stats())];

/**
 * What a shim of a plugin throws for an exception that has left its call.
 * @param {unknown} error
 */
function afterTrapIn(error) {
  if (poison !== null) return afterTrap(error);
  const culprit = leaveFrames();
  const reason = reasonOf(error);
  if (reason === null) return error;
  const plugin = byNumber[culprit];
  return plugin === undefined ? afterTrap(error) : plugin.trapped(reason, error);
}

/** @param {string} what @param {string} name @param {import('./pluginModule.js').Description} description */
function checkVersion(what, name, description) {
  if (description.version !== version || description.hasChecks !== hasChecks) {
    const of = (/** @type {string} */ version, /** @type {boolean} */ checks) => `wasm-lend ${version} ${checks ? 'with' : 'without'} checks`;
    throw refused(
      what,
      `${name} was built with ${of(description.version, description.hasChecks)}, and this package with ${of(version, hasChecks)}: `
        + 'both need the same version, and both or neither the checks (debug builds and the feature `checks` have them)',
    );
  }
}

/** @param {string} what @param {string} name @param {string[]} from */
function checkCircle(what, name, from) {
  sources.set(name, from);
  /** @param {string} at @param {string[]} path @returns {string[] | undefined} */
  const circle = (at, path) => {
    if (path.includes(at)) return at === name ? [...path, at] : undefined;
    for (const next of sources.get(at) ?? []) {
      const found = circle(next, [...path, at]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const found = circle(name, []);
  if (found !== undefined) throw refused(what, `${found.join(' imports from ')}: plugins cannot import from each other in a circle`);
}

/**
 * @param {string} what @param {string} module @param {string} name @param {string} signature @returns {Function}
 */
function importOf(what, module, name, signature) {
  const plugin = plugins.get(module);
  if (module !== HOST && plugin === undefined) {
    throw refused(what, `it imports \`${name}\` from the plugin \`${module}\`, which is not loaded: load that one first`);
  }
  if (plugin !== undefined && plugin.ended !== null) {
    throw refused(what, `it imports \`${name}\` from the plugin \`${module}\`, which has ended: ${plugin.ended.message}`);
  }
  const offers = plugin?.description.offers ?? offered;
  const [symbol, actual] = offers.get(name) ?? ['', ''];
  if (actual === '') {
    const others = [...offers].filter(([, [symbol]]) => symbol !== '').map(([name]) => name);
    throw refused(what, `\`${module}\` exports no \`${name}\`, which it imports; it exports ${others.length === 0 ? 'nothing' : others.join(', ')}`);
  }
  if (symbol === '') {
    throw refused(what, `it imports \`${name}\` from \`${module}\`, whose signature only JavaScript can call: ${actual}`);
  }
  if (actual !== signature) {
    throw refused(what, `it imports \`${name}\` from \`${module}\` as \`${signature}\`, and there it is \`${actual}\``);
  }
  return (plugin?.exports ?? instance)[symbol];
}

/** @param {string} what @param {import('./pluginModule.js').Description} description @param {WebAssembly.Module} module @param {any} shims */
function factories(what, description, module, shims) {
  if (shims !== undefined) {
    const all = shims.shims ?? shims;
    if (!Array.isArray(all) || all.length !== description.parts.length) throw refused(what, 'the option `shims` is not the module that was made of this plugin');
    return all;
  }
  const earlier = evaluated.get(module);
  if (earlier !== undefined) return earlier;
  try {
    const all = description.parts.map(({ shims }) => /** @type {() => any} */ (new Function(shims)));
    evaluated.set(module, all);
    return all;
  } catch (cause) {
    if (!(cause instanceof EvalError)) throw cause;
    throw refused(what, "the page's Content-Security-Policy has no 'unsafe-eval', which the plugin's shims need: import them from the file beside it, and pass them: `{ shims }` (docs/PLUGINS.md)", cause);
  }
}

/**
 * Starts a plugin that is linked: its number, its shims.
 * @param {Plugin} plugin @param {Array<() => any>} all @returns {object} What the user gets.
 */
function start(plugin, all) {
  plugin.exports.lend_plugin_start(plugin.number, wasm.lend_shared());
  const runtime = plugin.runtime();
  const exported = Object.create(null);
  plugin.description.parts.forEach(({ start, parts, names }, index) => {
    for (const part of parts) PARTS[part](shared);
    const members = all[index]();
    const isClass = names.length === 1 && plugin.description.parts[index].start.endsWith('$class$start');
    const tags = start === '' ? undefined : wordsAt(plugin.exports[start]() >>> 0, 64);
    members.bind$(runtime, isClass ? tags?.[0] : tags);
    for (const name of names) exported[name] = members[name];
  });
  const unload = () => plugin.unload();
  const hidden = { unload, [Symbol.toStringTag]: plugin.name, ...(Symbol.dispose ? { [Symbol.dispose]: unload } : {}) };
  for (const key of Reflect.ownKeys(hidden)) Object.defineProperty(exported, key, { value: /** @type {any} */ (hidden)[key] });
  return Object.freeze(exported);
}

/** @param {any} source @param {{ name?: string, shims?: any }} [options] */
async function loadPlugin(source, options = {}) {
  if (typeof options !== 'object' || options === null) throw new LendError('ERR_LEND_TYPE', `lend.loadPlugin() takes options as an object; got ${describe(options)}`);
  const module = await compile(source);
  const description = read('lend.loadPlugin()', module);
  const name = options.name ?? (description.name || 'plugin');
  const what = `lend.loadPlugin() of ${name}`;
  if (name === HOST || plugins.has(name) || loading.has(name)) {
    const why = name === HOST ? 'is the package itself' : 'is there already';
    throw refused(what, `a module of this name ${why}; give this one another: { name: '${name}2' }`);
  }
  if (description.parts.some(({ names }) => names.includes('unload'))) throw refused(what, "it exports `unload`, which is the loader's own: give the function another name");
  checkVersion(what, name, description);
  const froms = [...new Set(description.imports.map(({ module }) => module))];
  checkCircle(what, name, froms.filter((from) => from !== HOST));
  loading.add(name);
  try {
    return await loadAs(what, name, module, description, options);
  } finally {
    loading.delete(name);
  }
}

/**
 * @param {string} what @param {string} name @param {WebAssembly.Module} module
 * @param {import('./pluginModule.js').Description} description @param {{ shims?: any }} options
 */
async function loadAs(what, name, module, description, options) {
  const free = byNumber.indexOf(undefined, 1);
  const number = free === -1 ? byNumber.length : free;
  const plugin = new Plugin(name, description, number);
  byNumber[number] = plugin;
  try {
    // Everything that may be missing is looked for before anything is taken.
    const signatures = new Map(description.imports.map(({ module, name, signature }) => [`${module}.${name}`, signature]));
    const runtime = importsOf({
      panicked(message) {
        throw plugin.trapped(`Rust ${message}`);
      },
      refuseEnded: () => plugin.exports.ended(),
      owner: plugin.owner,
    });
    const imported = (/** @type {string} */ from, /** @type {string} */ name) => {
      const of = from.startsWith('wasm-lend:') ? from.slice('wasm-lend:'.length) : '';
      if (of !== '') return importOf(what, of, name, signatures.get(`${of}.${name}`) ?? '');
      if (from === 'wasm-lend' && name in runtime) return runtime[name];
      const hint = from === 'env' ? '; functions of mathematics come with the crate `libm`' : '';
      throw refused(what, `it imports \`${name}\` from \`${from}\`, which is nobody's${hint}`);
    };
    const shims = factories(what, description, module, options.shims);
    const { size, align, slots } = description.needs;
    plugin.place = reserve(what, { size, align, slots: slots + functionsByName(module) });
    plugin.exports = await link(what, module, plugin.place, imported);
    if (plugin.exports.lend_fingerprint() !== wasm.lend_fingerprint()) {
      throw refused(what, `${name} and this package take the shared tables for different things: build both with the same version of rustc and of wasm-lend (${version})`);
    }
    const exported = start(plugin, shims);
    plugins.set(name, plugin);
    return exported;
  } catch (error) {
    plugin.forget();
    throw error;
  }
}

/**
 * Called at the start of a package with the feature `plugin-host`.
 * @param {any} runtime @param {WebAssembly.Table} table @param {string} ownVersion
 */
export function attachPlugins(runtime, table, ownVersion) {
  if (shared !== undefined) return;
  shared = Object.create(runtime);
  version = ownVersion;
  runtime.$offer = (/** @type {Record<string, [string, string]>} */ more) => {
    for (const name of Object.keys(more)) offered.set(name, more[name]);
  };
  setModules(modules);
  setTable(table);
  setLoader(async (source, options) => {
    if (instance.__stack_pointer === undefined) {
      throw refused('lend.loadPlugin()', 'this package does not export its stack pointer: link it with `--export=__stack_pointer` (docs/PLUGINS.md)');
    }
    findFrames();
    return loadPlugin(source, options);
  });
  whenPoisoned((exports) => {
    if (poison !== null) for (const plugin of plugins.values()) plugin.end(poison, exports);
  });
}
