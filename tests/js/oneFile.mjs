// Puts a package into one file, as a bundler does. Tests that need many separate instances load that file many times: to load the hundreds of
// files of a package takes half a second in Node, and several seconds in a browser.

import { copyFile, mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';

/** Key: the folder of a package. Value: the folder with its one file. @type {Map<string, Promise<string>>} */
const folders = new Map();

/**
 * @param {string} folder Of a package whose files are ES modules. @param {string} file The name of its main file, without `.js`.
 * @returns {Promise<string>} A folder with the package in one file of that name, and the wasm. It is removed when the process ends.
 */
export function inOneFile(folder, file) {
  let made = folders.get(folder);
  if (made === undefined) {
    made = bundle(folder, file);
    folders.set(folder, made);
  }
  return made;
}

/** @param {string} folder @param {string} file */
async function bundle(folder, file) {
  const outdir = await mkdtemp(join(tmpdir(), 'wasm-lend-'));
  process.on('exit', () => rmSync(outdir, { recursive: true }));
  await build({ entryPoints: [join(folder, `${file}.js`)], outdir, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  await copyFile(join(folder, `${file}_bg.wasm`), join(outdir, `${file}_bg.wasm`));
  return outdir;
}
