// @ts-check
// `lend.loadPlugin()`: loads modules into the memory of this one. Only packages with the feature `plugin-host` have this file.

import { setModules } from '../accounting.js';
import { describe, LendError, readingThrew } from '../error.js';
import { instance, mark, poison, replaced, wasm, whenReplaced } from '../memory.js';
import { replacedExports, whenEnded } from '../poison.js';
import { findActiveCalls } from './activeCalls.js';
import { checkCircle, checkContents, checkVersion, forgetOffers, importOf } from './checks.js';
import { importsOf } from './imports.js';
import { forgetPlaces, functionsByName, link, reserve, setTable, wordsAt } from './link.js';
import { setLoader } from './loader.js';
import { compile, read, refused } from './module.js';
import { forgetPlugins, HOST, modules, Plugin, plugins } from './plugin.js';

/** The version of wasm-lend in this package. */
let version = '';

/** The names of plugins that are being loaded. @type {Set<string>} */
const loading = new Set();

/** Shims of modules that were loaded before. @type {WeakMap<WebAssembly.Module, Array<() => any>>} */
const evaluated = new WeakMap();

/** @param {string} what @param {import('./module.js').Description} description @param {WebAssembly.Module} module @param {any} shims */
function factories(what, description, module, shims) {
  if (shims !== undefined) {
    const all = shims.shims ?? shims;
    if (!Array.isArray(all) || all.length !== description.snippets.length) throw refused(what, 'the option `shims` is not the module that was made of this plugin');
    return all;
  }
  const earlier = evaluated.get(module);
  if (earlier !== undefined) return earlier;
  try {
    const all = description.snippets.map(({ shims }) => /** @type {() => any} */ (new Function(shims)));
    evaluated.set(module, all);
    return all;
  } catch (cause) {
    if (!(cause instanceof EvalError)) throw refused(what, `its shims are no JavaScript, so it is damaged: ${/** @type {Error} */ (cause).message}`, cause);
    throw refused(what, "the page's Content-Security-Policy has no 'unsafe-eval', which the plugin's shims need: import them from the file beside it, and pass them: `{ shims }` (docs/PLUGINS.md)", cause);
  }
}

/**
 * Starts a linked plugin: gives it its number, and binds its shims.
 * @param {Plugin} plugin @param {Array<() => any>} all @returns {object} The plugin as the user gets it.
 */
function start(plugin, all) {
  plugin.exports.lend_plugin_start(plugin.number, wasm.lend_shared());
  const runtime = plugin.runtime();
  const exported = Object.create(null);
  plugin.description.snippets.forEach(({ start, names }, index) => {
    const members = all[index]();
    const isClass = start.endsWith('$class$start');
    const tags = start === '' ? undefined : wordsAt(plugin.exports[start]() >>> 0, 64);
    members.bind$$(runtime, isClass ? tags?.[0] : tags);
    for (const name of names) {
      if (typeof members[name] !== 'function' && typeof members[name] !== 'object') throw new TypeError(`its shims have no \`${name}\``);
      exported[name] = members[name];
    }
  });
  const unload = () => plugin.unload();
  const hidden = { unload, [Symbol.toStringTag]: plugin.name, ...(Symbol.dispose ? { [Symbol.dispose]: unload } : {}) };
  for (const key of Reflect.ownKeys(hidden)) Object.defineProperty(exported, key, { value: /** @type {any} */ (hidden)[key] });
  return Object.freeze(exported);
}

/** @param {{ name?: unknown }} options @returns {string | undefined} */
function nameOf(options) {
  let name;
  try {
    ({ name } = options);
  } catch (error) {
    throw readingThrew('lend.loadPlugin(): the option `name`', error);
  }
  if (name === undefined || (typeof name === 'string' && name !== '')) return name;
  throw new LendError('ERR_LEND_TYPE', `lend.loadPlugin() takes a name as a string that is not empty; got ${describe(name)}`);
}

/** @param {any} source @param {{ name?: string, shims?: any }} [options] */
async function loadPlugin(source, options = {}) {
  if (typeof options !== 'object' || options === null) throw new LendError('ERR_LEND_TYPE', `lend.loadPlugin() takes options as an object; got ${describe(options)}`);
  const module = await compile(source);
  const description = read('lend.loadPlugin()', module);
  const name = nameOf(options) ?? (description.name || 'plugin');
  const what = `lend.loadPlugin() of ${name}`;
  if (name === HOST || plugins.has(name) || loading.has(name)) {
    const why = name === HOST ? 'is the package itself' : 'is there already';
    throw refused(what, `a module of this name ${why}; give this one another: { name: '${name}2' }`);
  }
  // With a `then` the object would be a promise.
  const taken = description.snippets.flatMap(({ names }) => names).find((name) => name === 'unload' || name === 'then');
  if (taken !== undefined) throw refused(what, `it exports \`${taken}\`, which is the loader's own: give the function another name, with \`#[export(name = "…")]\``);
  checkVersion(what, name, description, version);
  checkContents(what, description, module);
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
 * @param {import('./module.js').Description} description @param {{ shims?: any }} options
 */
async function loadAs(what, name, module, description, options) {
  const plugin = new Plugin(name, description);
  const mine = mark;
  try {
    const signatures = new Map(description.imports.map(({ module, name, signature }) => [`${module}.${name}`, signature]));
    const runtime = importsOf({
      panicked(words) {
        throw plugin.trapped(words);
      },
      refuseEnded: () => plugin.exports.lend_ended(),
      owner: plugin.owner,
    });
    const imported = (/** @type {string} */ from, /** @type {string} */ name) => {
      const of = from.startsWith('wasm-lend:') ? from.slice('wasm-lend:'.length) : '';
      if (of !== '') return importOf(what, of, name.slice(of.length + 1), signatures.get(name) ?? '');
      if (from === 'wasm-lend' && name in runtime) return runtime[name];
      const hint = from === 'env' ? '; functions of mathematics come with the crate `libm`' : '';
      throw refused(what, `it imports \`${name}\` from \`${from}\`, which is nobody's${hint}`);
    };
    const shims = factories(what, description, module, options.shims);
    // Finds all imports before anything is allocated.
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      if (kind === 'function' && from !== 'GOT.func') imported(from, name);
    }
    const { size, align, slots } = description.needs;
    plugin.place = reserve(what, { size, align, slots: slots + functionsByName(module) });
    plugin.exports = await link(what, module, plugin.place, imported);
    if (plugin.exports.lend_fingerprint() !== wasm.lend_fingerprint()) {
      const way = `build both with the same version of rustc and of wasm-lend (${version})`;
      throw refused(what, `${name} and this package lay out the host statics differently: ${way}`);
    }
    const exported = start(plugin, shims);
    plugins.set(name, plugin);
    return exported;
  } catch (error) {
    // If another instance has taken over meanwhile, everything belonged to the old one.
    if (mark === mine) plugin.forget();
    if (error instanceof LendError) throw error;
    throw refused(what, `it cannot be started: ${error instanceof Error ? error.message : describe(error)}`, error);
  }
}

/** Runs when another instance takes over: plugins were in the memory of the one before. */
function reset() {
  for (const plugin of plugins.values()) plugin.end(replaced(`the plugin ${plugin.name} belongs`), replacedExports());
  forgetPlugins();
  forgetOffers();
  forgetPlaces();
  loading.clear();
  isAttached = false;
}

/** True if the instance that runs now has the loader. */
let isAttached = false;

/**
 * Called at the start of a package with the feature `plugin-host`, more than once.
 * @param {WebAssembly.Table} table @param {string} ownVersion
 */
export function attachPlugins(table, ownVersion) {
  if (isAttached) return;
  isAttached = true;
  version = ownVersion;
  setModules(modules);
  setTable(table);
  setLoader(async (/** @type {any} */ source, /** @type {any} */ options) => {
    if (instance.__stack_pointer === undefined) {
      throw refused('lend.loadPlugin()', 'this package does not export its stack pointer: link it with `--export=__stack_pointer` (docs/PLUGINS.md)');
    }
    findActiveCalls();
    return loadPlugin(source, options);
  });
  whenReplaced(reset);
  whenEnded(() => {
    if (poison !== null) for (const plugin of plugins.values()) plugin.end(poison, instance);
  });
}
