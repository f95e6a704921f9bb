// What the topics share: the shape of a call and of a ratio.

/**
 * A measured call. `per` is the number of units of work in it (1 if it is missing). A call with `turns` leaves work to garbage
 * collection, which needs turns of the event loop: this many calls run in each turn.
 * @typedef {{ name: string, f: Function, args: any[], per?: number, turns?: number }} Call
 */

/**
 * A line of the report: the ratio of two calls, and the limit that is promised, if any: one for all engines, or one for each. An
 * engine that is not named has none; `node-26` has that of `node` if it has none of its own. The page shows the ratios of a `group` in one row.
 * @typedef {{ of: string, over: string, limit?: number | Record<string, number>, group?: string }} Ratio
 */

/**
 * The started packages: `pkg` with both boundaries and `raw`, its wasm exports; `checked`, the same package with the checks of
 * development builds; `host`, which loads plugins, and `bytes`, which returns the bytes of a plugin. `checked` is missing in browsers.
 * @typedef {{ pkg: any, raw: any, checked?: any, host: any, bytes: (name: string) => any }} Packages
 */

/**
 * Calls that are compared with each other, and with no others. Each topic runs in a process or page of its own, so that what an
 * engine has learned from other calls does not count. `needs` names the packages without which it is left out.
 * @typedef {{ name: string, title: string, needs?: string[], calls: (packages: Packages) => Call[] | Promise<Call[]>, ratios: Ratio[] }} Topic
 */

/** @param {string} name @param {Function} f @param {any[]} args @returns {Call} */
export const call = (name, f, ...args) => ({ name, f, args });

/** The same call behind both boundaries. @param {any} pkg */
export const pairs = (pkg) => (
  /** @param {string} name @param {string} what @param {(f: Function) => Function} wrap @param {any[]} args */
  (name, what, wrap, ...args) => [
    call(`wasm-bindgen ${what}`, wrap(pkg[`bindgen_${name}`]), ...args),
    call(`wasm-lend ${what}`, wrap(pkg[`lend_${name}`]), ...args),
  ]);

/** @param {Function} f */
export const as = (f) => f;

/** @param {string} what @param {Ratio['limit']} [limit] @returns {Ratio} */
export const both = (what, limit) => ({ of: `wasm-lend ${what}`, over: `wasm-bindgen ${what}`, limit });

/** @param {Ratio} ratio @param {string} engine @returns {number | null} */
export function limitIn({ limit }, engine) {
  if (typeof limit !== 'object') return limit ?? null;
  return limit[engine] ?? (engine === 'node-26' ? limit.node : undefined) ?? null;
}
