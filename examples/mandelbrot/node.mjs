// The same without a page: in Node, Deno and Bun. `cargo xtask demo` builds and runs this example.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { pictureOf, START } from './picture.mjs';

const packages = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages-threads', import.meta.url));
const folder = join(packages, 'mandelbrot/web');
const pkg = await import(pathToFileURL(join(folder, 'mandelbrot.js')).href);
const { lend } = pkg;
pkg.initSync({ module: await readFile(join(folder, 'mandelbrot_bg.wasm')) });

const pool = lend.workers({ size: 2 });
const picture = pictureOf(pkg, 480, 300);
console.log(`memory is shared: ${lend.isShared}`);

let heard = 0;
const steps = await picture.draw(START, (part) => (heard = Math.max(heard, part)));
/** @param {Uint8Array} bytes */
const checksum = (bytes) => bytes.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 7);
console.log(`${steps} steps, checksum ${checksum(picture.buffer.view)}, the last report: ${heard}`);

// A view that is soon replaced by another.
const first = picture.draw({ x: -0.75, y: 0.1, width: 0.01 });
const second = await picture.draw({ x: -0.75, y: 0.1, width: 0.1 });
console.log(`the first view: ${await first}, the second: ${second} steps, checksum ${checksum(picture.buffer.view)}`);

picture.free();
await pool.close();
const { handles, buffers, borrows } = lend.stats();
console.log(`alive at the end: ${JSON.stringify({ handles, buffers, borrows, workers: pool.running })}`);
