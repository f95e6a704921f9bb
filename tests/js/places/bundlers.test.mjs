// One app, bundled by esbuild, Rollup, webpack and Vite, and run in Node.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import { build } from 'vite';

import { directory } from '../packages.mjs';

const webpack = createRequire(import.meta.url)('webpack');
const CHECK = fileURLToPath(new URL('check.mjs', import.meta.url));

/** The app: a module that prints the result of `check`. @param {import('node:test').TestContext} test */
async function app(test) {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-lend-'));
  test.after(() => rm(folder, { recursive: true }));
  await cp(directory('places', 'web'), join(folder, 'pkg'), { recursive: true });
  await cp(CHECK, join(folder, 'check.mjs'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'main.mjs'), `
import * as pkg from './pkg/places.js';
import { check } from './check.mjs';
export async function main(module) {
  pkg.initSync({ module });
  return check(pkg);
}`);
  return folder;
}

/** @param {string} folder @param {string} file */
async function runs(folder, file) {
  await writeFile(join(folder, 'run.mjs'), `
import { readFileSync } from 'node:fs';
const { main } = await import('./${file}');
console.log(await main(readFileSync('pkg/places_bg.wasm')));`);
  const { stdout, stderr } = spawnSync(process.execPath, ['run.mjs'], { cwd: folder, encoding: 'utf8' });
  assert.equal(stdout.trim(), 'ok', stderr);
}

for (const minify of [false, true]) {
  it(`works when esbuild bundles it${minify ? ', minified' : ''}`, async (test) => {
    const folder = await app(test);
    await esbuild.build({ entryPoints: [join(folder, 'main.mjs')], bundle: true, minify, format: 'esm', outfile: join(folder, 'out.mjs'), logLevel: 'error', external: ['*.wasm'] });
    await runs(folder, 'out.mjs');
  });
}

it('works when Rollup bundles it', async (test) => {
  const folder = await app(test);
  const bundle = await rollup({ input: join(folder, 'main.mjs'), onwarn: () => {} });
  await bundle.write({ file: join(folder, 'out.mjs'), format: 'es' });
  await bundle.close();
  await runs(folder, 'out.mjs');
});

it('works when Vite bundles it', async (test) => {
  const folder = await app(test);
  await build({
    root: folder, configFile: false, logLevel: 'error',
    build: { lib: { entry: join(folder, 'main.mjs'), formats: ['es'], fileName: 'out' }, outDir: join(folder, 'dist'), target: 'esnext' },
  });
  await runs(folder, 'dist/out.js');
});

it('works when webpack bundles it', async (test) => {
  const folder = await app(test);
  const stats = await new Promise((resolve, reject) => webpack({
    mode: 'production', target: 'node', entry: join(folder, 'main.mjs'), experiments: { outputModule: true },
    output: { path: join(folder, 'dist'), filename: 'out.mjs', module: true, library: { type: 'module' }, chunkFormat: 'module' },
  }, (error, stats) => (error ? reject(error) : resolve(stats))));
  assert.equal(stats.hasErrors(), false, stats.toString({ all: false, errors: true }));
  await runs(folder, 'dist/out.mjs');
});
