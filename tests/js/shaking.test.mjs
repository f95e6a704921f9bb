// Bundlers leave out the functions that an app does not use, and the parts of the runtime that only those need.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { directory } from './packages.mjs';

const require = createRequire(import.meta.url);
const folder = await mkdtemp(join(tmpdir(), 'wasm-lend-shaking-'));
after(() => rm(folder, { recursive: true, force: true }));

/** Each bundler gets an entry, and writes `NAME.out.js` beside it. @type {Record<string, (entry: string, out: string) => Promise<unknown>>} */
const BUNDLERS = {
  esbuild: (entry, out) =>
    require('esbuild').build({ entryPoints: [entry], outfile: out, bundle: true, format: 'esm', minify: true, logLevel: 'error' }),
  async rolldown(entry, out) {
    const bundle = await require('rolldown').rolldown({ input: entry, logLevel: 'silent' });
    await bundle.write({ file: out, format: 'esm', codeSplitting: false, minify: true });
  },
  webpack(entry, out) {
    const webpack = require('webpack');
    const options = {
      entry,
      mode: 'production',
      experiments: { outputModule: true },
      output: { path: folder, filename: out.slice(folder.length + 1), module: true, library: { type: 'module' } },
    };
    return new Promise((resolve, reject) => {
      webpack(options, (/** @type {any} */ error, /** @type {any} */ stats) =>
        error ?? stats.hasErrors() ? reject(error ?? new Error(stats.toString('errors-only'))) : resolve(stats));
    });
  },
};

/** The names of the functions in messages. Each function of the package that is kept has its name in the bundle. */
const NAMES = ['add', 'shout', 'sum', 'scale', 'copy', 'next', 'step', 'visit'];

/** Texts that only one part of the runtime has. What Rust imports itself (classes and callbacks, in this package) is in every bundle. */
const PARTS = {
  'numbers as arguments': 'a whole number from',
  'slices that are written to': 'shares memory with',
  'calls by name': 'takes the parameters as an Array',
  scopes: 'lend.scope',
};

/** @param {string} bundler @param {string} imports */
async function bundled(bundler, imports) {
  const name = `${bundler}-${imports.replace(/\W+/g, '-')}`;
  const [entry, out] = [join(folder, `${name}.mjs`), join(folder, `${name}.out.js`)];
  const pkg = join(directory('golden', 'web'), 'golden.js');
  await writeFile(entry, `import init, { ${imports} } from ${JSON.stringify(pkg)};\nexport const app = [init, ${imports}];\n`);
  await BUNDLERS[bundler](entry, out);
  const text = await readFile(out, 'utf8');
  return {
    functions: NAMES.filter((name) => new RegExp(`[,[]\\s*["'\`]${name}["'\`]`).test(text)),
    parts: Object.keys(PARTS).filter((part) => text.includes(/** @type {any} */ (PARTS)[part])),
  };
}

for (const bundler of Object.keys(BUNDLERS)) {
  test(`${bundler} keeps a function and what it needs`, async () => {
    assert.deepEqual(await bundled(bundler, 'add'), { functions: ['add'], parts: ['numbers as arguments'] });
    assert.deepEqual((await bundled(bundler, 'copy')).functions, ['copy']);
    assert.deepEqual(await bundled(bundler, 'scale'), { functions: ['scale'], parts: ['numbers as arguments', 'slices that are written to'] });
  });

  test(`${bundler} keeps everything that an app uses`, async () => {
    const all = await bundled(bundler, `${NAMES.join(', ')}, lend`);
    assert.deepEqual(all, { functions: NAMES, parts: ['numbers as arguments', 'slices that are written to', 'scopes'] });
  });
}
