// Loads the built packages as a user of each target does.

import { copyFile, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { inOneFile } from './oneFile.mjs';

export { collectGarbage, refused, thrown } from './thrown.mjs';

const PACKAGES = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages', import.meta.url));
const require = createRequire(import.meta.url);

/** The reason to skip a test that counts pages, on packages that grow memory in every call. `false` on all other packages. */
export const growing = process.env.WASM_LEND_GROWS === '1' && 'every call grows memory';

/** The reason to skip a test that holds hundreds of buffers, on packages with handles of 10 bits. `false` on all other packages. */
export const fewHandles = process.env.WASM_LEND_SMALL_HANDLES === '1' && 'this test holds more buffers at once than there are handles';

/** The reason to skip a test of detached views, on packages with shared memory. `false` on all other packages. */
export const shared = process.env.WASM_LEND_THREADS === '1' && 'views of shared memory are never detached';

/** The engine that runs the tests. */
const ENGINE = process.env.WASM_LEND_ENGINE ?? 'node';

/** The reason to skip a test in the current engine, or `false`. @param {{ deno?: string, bun?: string }} reasons */
export const notIn = (reasons) => /** @type {Record<string, string>} */ (reasons)[ENGINE] ?? false;

/** The targets that Node can load. */
export const TARGETS = (process.env.WASM_LEND_TARGETS ?? 'nodejs,web,experimental-nodejs-module').split(',');

/** @param {string} name @param {string} target */
export const directory = (name, target) => join(PACKAGES, name, target);

/** @param {string} folder @param {string} target @returns {Promise<any>} */
export async function loadFrom(folder, target, name = 'e2e') {
  const main = join(folder, `${fileOf(name)}.js`);
  return target === 'nodejs' ? require(main) : start(main, join(folder, wasmOf(name)), target);
}

/** The name of a package's main file, without `.js`. @param {string} name */
const fileOf = (name) => name.replaceAll('-', '_');

/** The file with a package's wasm. @param {string} name */
const wasmOf = (name) => `${fileOf(name)}_bg.wasm`;

/** @param {string} main The main file, an ES module. @param {string} wasm The file of its wasm. @param {string} target */
async function start(main, wasm, target) {
  const pkg = await import(pathToFileURL(main).href);
  if (target === 'web') pkg.initSync({ module: await readFile(wasm) });
  return pkg;
}

/** The one instance of a package, which all tests of a file use. @param {string} target @param {string} [name] */
export const load = (target, name = 'e2e') => loadFrom(directory(name, target), target, name);

let copies = 0;

/**
 * A separate instance, from a copy of the package: of all its files, or of its one file.
 * @param {import('node:test').TestContext} test
 * @param {string} target
 */
export async function loadCopy(test, target, name = 'e2e') {
  if (target === 'nodejs') return loadFrom(await copyOf(test, target, name), target, name);
  const folder = await inOneFile(directory(name, target), fileOf(name));
  // A file of its own: Bun loads one module for two URLs of the same file.
  const main = join(folder, `copy${copies++}.js`);
  await copyFile(join(folder, `${fileOf(name)}.js`), main);
  return start(main, join(folder, wasmOf(name)), target);
}

/**
 * A separate instance of a web package, with every function that anybody could call: the exports of its wasm, and what the runtime hands over
 * through the function table.
 * @param {import('node:test').TestContext} test
 */
export async function loadRaw(test) {
  const folder = await copyOf(test, 'web');
  const pkg = await loadFrom(folder, 'web');
  return { pkg, exports: await rawFunctions(pkg, folder) };
}

/** @param {any} pkg A started web package. @param {string} folder @returns {Promise<Record<string, any>>} */
export async function rawFunctions(pkg, folder) {
  const own = pkg.initSync({ module: await readFile(join(folder, 'e2e_bg.wasm')) });
  const { wasm } = await runtimeModule(folder, 'memory.js');
  return { ...own, ...wasm };
}

/** A file of the JavaScript half, as a package has it. @param {string} folder @param {string} file @returns {Promise<any>} */
export async function runtimeModule(folder, file) {
  const [runtime] = (await readdir(join(folder, 'snippets'))).filter((name) => name.startsWith('wasm-lend-'));
  return import(pathToFileURL(join(folder, 'snippets', runtime, 'js', file)).href);
}

/** @param {import('node:test').TestContext} test @param {string} target @returns {Promise<string>} A copy of a package. */
export async function copyOf(test, target, name = 'e2e') {
  const copy = await mkdtemp(join(tmpdir(), 'wasm-lend-'));
  test.after(() => rm(copy, { recursive: true }));
  await cp(directory(name, target), copy, { recursive: true });
  return copy;
}

/**
 * The raw export of a function. Its name ends in the digits of its expansion.
 * @param {Record<string, any>} exports @param {string} name
 */
export const rawExport = (exports, name) => exports[/** @type {string} */ (Object.keys(exports).find((each) => each.replace(/\$[0-9a-f]{8}$/, '') === `lend$${name}`))];

const PLUGINS = process.env.WASM_LEND_PLUGINS ?? join(PACKAGES, '../plugins');

/** A file beside a plugin. @param {string} name @param {string} [extension] */
export const pluginFile = (name, extension = 'wasm') => join(PLUGINS, name, `${name.replaceAll('-', '_')}.${extension}`);

/** The bytes of a plugin. @param {string} name @returns {Promise<Uint8Array>} */
export const pluginBytes = (name) => readFile(pluginFile(name));

/** The URL of a plugin's file. @param {string} name */
export const pluginUrl = async (name) => pathToFileURL(pluginFile(name));

/** The module with the shims of a plugin. @param {string} name */
export const pluginShims = (name) => import(pathToFileURL(pluginFile(name, 'shims.js')).href);
