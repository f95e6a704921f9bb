// @ts-check
// Checks before a plugin is loaded: versions, names, signatures, circles.

import { hasChecks, instance } from '../memory.js';
import { refused } from './module.js';
import { HOST, plugins } from './plugin.js';
import { hasName } from './runtime.js';

/** Functions of this package that plugins may call. Key: a name. Value: the export and its signature. @type {Map<string, [string, string]>} */
const offered = new Map();

/** @param {Record<string, [string, string]>} more */
export function offer(more) {
  for (const name of Object.keys(more)) offered.set(name, more[name]);
}

/** Runs when another instance takes over, which offers its own functions. */
export function forgetOffers() {
  offered.clear();
  sources.clear();
}

/** The modules that each plugin imports from, of all that were ever loaded, to find circles. @type {Map<string, string[]>} */
const sources = new Map();

/**
 * @param {string} what @param {string} name @param {import('./module.js').Description} description
 * @param {string} version Of wasm-lend in this package.
 */
export function checkVersion(what, name, description, version) {
  if (description.version !== version || description.hasChecks !== hasChecks) {
    const of = (/** @type {string} */ version, /** @type {boolean} */ checks) => `wasm-lend ${version} ${checks ? 'with' : 'without'} checks`;
    throw refused(
      what,
      `${name} was built with ${of(description.version, description.hasChecks)}, and this package with ${of(version, hasChecks)}: `
        + 'both need the same version, and both or neither the checks (debug builds and the feature `checks` have them)',
    );
  }
}

/** Exports that every plugin has. */
const NEEDED = ['lend_plugin_start', 'lend_plugin_end', 'lend_fingerprint', 'lend_closure', 'lend_closure_free', 'lend_closures'];

/**
 * Checks that the file has everything that its sections name.
 * @param {string} what @param {import('./module.js').Description} description @param {WebAssembly.Module} module
 */
export function checkContents(what, description, module) {
  const exported = new Set(WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function').map(({ name }) => name));
  const starts = description.snippets.map(({ start }) => start).filter((start) => start !== '');
  const symbols = [...description.offers.values()].map(([symbol]) => symbol).filter((symbol) => symbol !== '');
  const missing = [...NEEDED, ...starts, ...symbols].find((name) => !exported.has(name));
  if (missing !== undefined) throw refused(what, `it does not export \`${missing}\`, so it is damaged, or of another version of wasm-lend`);
  const unknown = description.snippets.flatMap((snippet) => snippet.uses).find((name) => !hasName(name));
  if (unknown !== undefined) {
    throw refused(what, `it wants \`${unknown}\` of the runtime, which this package does not know: both need the same version of wasm-lend`);
  }
  const names = description.snippets.flatMap(({ names }) => names);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(what, `it exports \`${twice}\` twice: give one of the two another name, with \`#[export(name = "…")]\``);
}

/** @param {string} what @param {string} name @param {string[]} from */
export function checkCircle(what, name, from) {
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
export function importOf(what, module, name, signature) {
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
