// node starts.mjs --starts=N
// A pool starts, runs a call, and ends, again and again. In the end memory is what it was after the first of these.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { directory } from '../packages.mjs';

const { starts } = parseArgs({ options: { starts: { type: 'string', default: '10000' } } }).values;
const folder = directory('mandelbrot', 'web');
const pkg = await import(pathToFileURL(join(folder, 'mandelbrot.js')).href);
pkg.initSync({ module: await readFile(join(folder, 'mandelbrot_bg.wasm')) });
const { lend, render } = pkg;

const pool = lend.workers({ size: 1 });
const pixels = lend.alloc(Uint8Array, 4 * 16);
const once = async () => {
  await render(pixels, 16, 0, -0.5, 0, 0.01);
  await pool.close();
};

for (let i = 0; i < 20; i++) await once();
const before = lend.stats().memoryBytes;
const start = performance.now();
for (let i = 0; i < Number(starts); i++) await once();
assert.equal(lend.stats().memoryBytes, before, 'no page more');
assert.equal(lend.stats().borrows, 0);
pixels.free();
console.log(`  ${starts} starts and ends of a pool in ${((performance.now() - start) / 1000).toFixed(0)} s: ${before / 65536} pages of memory before and after`);
