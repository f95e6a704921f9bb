// Calls every raw export of the runtime, and functions that own values, with made-up numbers. Then it inspects the tables. This runs in
// a thread of its own, so that the test can end the thread if one of the calls does not return.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

import { rawFunctions } from './packages.mjs';
import { randomFrom } from './random.mjs';

const { folder, seed, rounds } = workerData;
const random = randomFrom(seed);

const pkg = await import(pathToFileURL(join(folder, 'e2e.js')).href);
const exports = await rawFunctions(pkg, folder);
const names = Object.keys(exports).filter((name) => /^lend_|^lend\$object_/.test(name) && !/^lend_(closure|set_limit)|panic|depth|watch|later|callback/.test(name));

/** Mostly numbers with a meaning in the object table: used and unused indices of the slab and of the stack. */
const argument = () => (random() % 4 === 0 ? random() : (random() % 80) - 8);

for (let round = 0; round < rounds; round++) {
  for (let i = 0; i < 200; i++) {
    const name = names[random() % names.length];
    const args = Array.from({ length: exports[name].length }, argument);
    if (/^lend_(alloc|text|text_grow|scratch|objects)$/.test(name)) args[args.length === 4 ? 2 : args.length - 1] &= 4095;
    try {
      exports[name](...args);
    } catch {
      // This test does not check what happens to a value of the wrong kind.
    }
  }
  // The list of values that Rust has released gets a length and indices that it never has.
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
