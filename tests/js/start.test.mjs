// Calls before the start, and promises that a panic rejects.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { copyOf, directory, thrown } from './packages.mjs';

it('a call before init() says that the package is not initialised yet', async (test) => {
  const folder = await copyOf(test, 'web');
  const pkg = await import(pathToFileURL(join(folder, 'e2e.js')).href);
  const message = 'wasm-lend: this package is not initialised yet: await init() first';
  assert.equal(thrown(() => pkg.sum(new Uint8Array(1))).message, message);
  assert.equal(thrown(() => pkg.same_u8(1)).message, message);
  assert.equal(thrown(() => pkg.object_type({})).message, message);
  assert.equal(thrown(() => pkg.object_drop({})).message, message);
  assert.equal(thrown(() => new pkg.Series('x', new Float32Array())).message, message);
  const error = thrown(() => pkg.lend.alloc(Uint8Array, 1));
  assert.equal(error.code, 'ERR_LEND_UNINITIALIZED');
  assert.equal(error.message, 'lend.alloc(): this package is not initialised yet: await init() first');
  pkg.initSync({ module: await readFile(join(folder, 'e2e_bg.wasm')) });
  assert.equal(pkg.sum(new Uint8Array([4])), 4);
  pkg.initSync({ module: await readFile(join(folder, 'e2e_bg.wasm')) });
  assert.equal(pkg.sum(new Uint8Array([4])), 4, 'initialising again does nothing');
});

it('a panic in a later part of an async function rejects every pending promise', () => {
  // In its own process, because nothing can catch the panic.
  const program = `
    const pkg = require(${JSON.stringify(join(directory('e2e', 'nodejs'), 'e2e.js'))});
    process.on('uncaughtException', (error) => console.log('uncaught', error.code));
    const settled = (promise) => promise.then(() => 'fulfilled', (error) => error.code);
    const both = [pkg.later_never(), pkg.later_panic(Promise.resolve())].map(settled);
    Promise.all(both).then((codes) => console.log(...codes));
  `;
  const { stdout } = spawnSync(process.execPath, ['--eval', program], { encoding: 'utf8' });
  assert.deepEqual(stdout.trim().split('\n').sort(), ['ERR_LEND_POISONED ERR_LEND_POISONED', 'uncaught ERR_LEND_PANIC']);
});
