// Nests calls 10,000 deep. This file runs in a thread whose stack is large enough.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const pkg = await import(pathToFileURL(join(workerData, 'e2e.js')).href);
pkg.initSync({ module: await readFile(join(workerData, 'e2e_bg.wasm')) });
const { objects } = pkg.lend.stats();

const down = (value, left) => pkg.object_depth(value, left, down);
const depth = pkg.object_depth({}, 10_000, down);

const stop = new Error('enough');
const throwing = (value, left) => {
  if (left === 0) throw stop;
  return pkg.object_depth(value, left, throwing);
};
let thrown;
try {
  pkg.object_depth({}, 10_000, throwing);
} catch (error) {
  thrown = error;
}
parentPort.postMessage({
  depth,
  thrown: thrown === stop ? stop.message : String(thrown),
  survived: pkg.lend.stats().objects - objects,
  stack: pkg.lend.objectTable().stack.length,
});
