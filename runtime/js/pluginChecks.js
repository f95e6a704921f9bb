// @ts-check
// What is looked at before a plugin is loaded: versions, names, signatures, circles.

import { HOST, plugins } from './plugin.js';
import { hasChecks, instance } from './memory.js';
import { refused } from './pluginModule.js';

/** What other modules may call of this package: the export and its signature, by name. @type {Map<string, [string, string]>} */
const offered = new Map();

/** @param {Record<string, [string, string]>} more */
export function offer(more) {
  for (const name of Object.keys(more)) offered.set(name, more[name]);
}

/** Another instance takes over, and offers its own. */
export function forgetOffers() {
  offered.clear();
  sources.clear();
}

/** What each plugin that was ever asked for imports from, to find circles. @type {Map<string, string[]>} */
const sources = new Map();

/**
 * @param {string} what @param {string} name @param {import('./pluginModule.js').Description} description
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
