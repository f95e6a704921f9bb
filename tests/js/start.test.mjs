// Before the start, and a second start.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { directory, thrown } from './packages.mjs';

const require = createRequire(import.meta.url);

/** @param {import('node:test').TestContext} test @param {string} target @returns {Promise<string>} A copy of a package. */
async function copy(test, target) {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-lend-'));
  test.after(() => rm(folder, { recursive: true }));
  await cp(directory('e2e', target), folder, { recursive: true });
  return folder;
}

it('says that the package is not initialised yet', async (test) => {
  const folder = await copy(test, 'web');
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

it('refuses to start a second instance over the same snippets, and the first goes on', async (test) => {
  const message = 'this package has started already: it was loaded a second time under another URL (a query, a hot reload), '
    + 'and the two would share the functions of one. Load it under one URL, or reload the page';
  const folder = await copy(test, 'web');
  const url = pathToFileURL(join(folder, 'e2e.js')).href;
  const module = await readFile(join(folder, 'e2e_bg.wasm'));
  const [first, second] = [await import(url), await import(`${url}?v=2`)];
  first.initSync({ module });
  const buffer = first.lend.createReadOnlyBuffer(new Uint8Array([1, 2]));
  const error = thrown(() => second.initSync({ module }));
  assert.deepEqual({ code: error.code, message: error.message }, { code: 'ERR_LEND_INSTANCE', message });
  assert.equal(first.sum(buffer), 3);

  const main = join(await copy(test, 'nodejs'), 'e2e.js');
  const pkg = require(main);
  delete require.cache[main];
  assert.equal(thrown(() => require(main)).code, 'ERR_LEND_INSTANCE');
  assert.equal(pkg.sum(new Uint8Array([4])), 4);
});

it('rejects every promise under way when a later part of an async function panics', () => {
  // In a process of its own: the panic itself reaches nobody who could catch it.
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
