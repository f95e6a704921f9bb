// Raw calls with made-up numbers, on every export of the runtime and on functions that own values; then what tells of the tables is
// asked. In a thread of its own, which can be ended if one of these does not end.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

import { randomFrom } from './random.mjs';

const { folder, seed, rounds } = workerData;
const random = randomFrom(seed);

const pkg = await import(pathToFileURL(join(folder, 'e2e.js')).href);
const exports = pkg.initSync({ module: await readFile(join(folder, 'e2e_bg.wasm')) });
const names = Object.keys(exports).filter((name) => /^lend_|^lend\$object_/.test(name) && !/^lend_(closure|set_limit)|panic|depth|watch|later|callback/.test(name));

/** Numbers that mean something to the table of values: places, empty ones and full ones, of the slab and of the stack. */
const argument = () => (random() % 4 === 0 ? random() : (random() % 80) - 8);

for (let round = 0; round < rounds; round++) {
  for (let i = 0; i < 200; i++) {
    const name = names[random() % names.length];
    const args = Array.from({ length: exports[name].length }, argument);
    if (/^lend_(alloc|text|text_grow|scratch|objects)$/.test(name)) args[args.length === 4 ? 2 : args.length - 1] &= 4095;
    try {
      exports[name](...args);
    } catch {
      // What a value of another kind than the function wants does, is not looked at here.
    }
  }
  // The list of what Rust has let go of, with a length and places that it never has.
  const words = new Int32Array(exports.memory.buffer, exports.lend_released() >>> 0, 63);
  words[0] = argument();
  words[1] = [-1, 61, 62, 0x7fffffff][random() % 4];
  for (let i = 2; i < 63; i++) words[i] = argument();
  const { slab, stack } = pkg.lend.objectTable();
  parentPort.postMessage({
    objects: pkg.lend.stats().objects,
    places: slab.length + stack.length,
    leaks: pkg.lend.leaks().length,
    handles: pkg.lend.stats().handles,
    names: names.length,
  });
}
parentPort.postMessage('done');
