// The package starts again on the first thread, after a panic: the workers of the old memory are no business of the new one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { directory, thrown } from '../packages.mjs';
import { lend, pkg, start, until } from './team.mjs';

it('a worker of the old memory ends, and nothing of the new memory is touched', async () => {
  const old = await start();
  await old.ask('keep', lend.share(lend.createReadOnlyBuffer(new Uint8Array(100))));
  const read = lend.createReadOnlyBuffer(new Uint8Array(1));
  assert.equal(thrown(() => pkg.panic_at(read, 9)).code, 'ERR_LEND_PANIC');

  const main = join(directory('e2e', 'web'), 'e2e.js');
  const again = await import(`${pathToFileURL(main).href}?again`);
  again.initSync({ module: await readFile(main.replace(/\.js$/, '_bg.wasm')) });
  const { lend: newLend } = again;
  const young = await start();
  const kept = newLend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
  await young.ask('keep', newLend.share(kept));
  assert.equal(kept.holders, 1, 'one for both threads');

  const before = newLend.stats();
  await old.worker.terminate();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(newLend.stats(), before);
  assert.equal((await young.ask('stats')).held, 1);
  assert.deepEqual([...kept.view], [1, 2, 3]);

  // The new memory's threads hear of each other.
  let released = false;
  const shared = newLend.createReadOnlyBuffer(new Uint8Array(1));
  shared.onRelease(() => (released = true));
  assert.equal(await young.ask('sum', newLend.share(shared)), 0);
  shared.free();
  await young.ask('free');
  await until(() => released, 'the listener was called');
});
