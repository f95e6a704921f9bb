// The built packages, loaded as a user of each target would.

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export { collectGarbage, refused, thrown } from './thrown.mjs';

const PACKAGES = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages', import.meta.url));
const require = createRequire(import.meta.url);

/** Why a test that counts pages cannot run on packages that grow memory in every call; `false` for all others. */
export const growing = process.env.WASM_LEND_GROWS === '1' && 'every call grows memory';

/** Why a test that holds hundreds of buffers cannot run on packages whose handles have 10 bits; `false` for all others. */
export const fewHandles = process.env.WASM_LEND_SMALL_HANDLES === '1' && 'it holds more buffers at once than there are handles';

/** What the tests run in. */
const ENGINE = process.env.WASM_LEND_ENGINE ?? 'node';

/** Why a test cannot run in an engine, by the engine; `false` where it can. @param {{ deno?: string, bun?: string }} reasons */
export const notIn = (reasons) => /** @type {Record<string, string>} */ (reasons)[ENGINE] ?? false;

/** The targets that Node can load. */
export const TARGETS = ['nodejs', 'web', 'experimental-nodejs-module'];

/** @param {string} name @param {string} target */
export const directory = (name, target) => join(PACKAGES, name, target);

/** @param {string} folder @param {string} target @returns {Promise<any>} */
async function loadFrom(folder, target, name = 'e2e') {
  const main = join(folder, `${name.replaceAll('-', '_')}.js`);
  if (target === 'nodejs') return require(main);
  const pkg = await import(pathToFileURL(main).href);
  if (target === 'web') pkg.initSync({ module: await readFile(main.replace(/\.js$/, '_bg.wasm')) });
  return pkg;
}

/** The one instance of a package. @param {string} target @param {string} [name] */
export const load = (target, name = 'e2e') => loadFrom(directory(name, target), target, name);

/**
 * An instance of its own, of a copy of the package.
 * @param {import('node:test').TestContext} test
 * @param {string} target
 */
export const loadCopy = async (test, target, name = 'e2e') => loadFrom(await copyOf(test, target, name), target, name);

/** @param {import('node:test').TestContext} test @param {string} target @returns {Promise<string>} A copy of a package. */
export async function copyOf(test, target, name = 'e2e') {
  const copy = await mkdtemp(join(tmpdir(), 'wasm-lend-'));
  test.after(() => rm(copy, { recursive: true }));
  await cp(directory(name, target), copy, { recursive: true });
  return copy;
}

/**
 * The raw export behind a function, whose name ends in digits of its expansion.
 * @param {Record<string, any>} exports @param {string} name
 */
export const rawExport = (exports, name) => exports[/** @type {string} */ (Object.keys(exports).find((each) => each.replace(/\$[0-9a-f]{8}$/, '') === `lend$${name}`))];

const PLUGINS = process.env.WASM_LEND_PLUGINS ?? join(PACKAGES, '../plugins');

/** A file beside a plugin. @param {string} name @param {string} [extension] */
export const pluginFile = (name, extension = 'wasm') => join(PLUGINS, name, `${name.replaceAll('-', '_')}.${extension}`);

/** The bytes of a plugin. @param {string} name @returns {Promise<Uint8Array>} */
export const pluginBytes = (name) => readFile(pluginFile(name));

/** Where it is. @param {string} name */
export const pluginUrl = async (name) => pathToFileURL(pluginFile(name));

/** The module of a plugin's shims. @param {string} name */
export const pluginShims = (name) => import(pathToFileURL(pluginFile(name, 'shims.js')).href);
