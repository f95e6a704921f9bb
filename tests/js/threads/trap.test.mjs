// A trap in a worker: it may have held any lock, so no thread goes on.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { thrown } from '../packages.mjs';
import { lend, pkg, start, until } from './team.mjs';

it('ends every thread within a second', async () => {
  const [one, two] = [await start(), await start()];
  const buffer = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
  const heard = new Promise((resolve) => lend.onPanic(resolve));
  const since = performance.now();
  await assert.rejects(one.ask('call', 'abort_at_once', lend.share(buffer)), { code: 'ERR_LEND_PANIC' });
  assert.match((await heard).message, /thread 2 of this memory has trapped/);
  assert.ok(performance.now() - since < 1000);
  assert.equal(thrown(() => pkg.sum(buffer)).code, 'ERR_LEND_POISONED');
  await assert.rejects(two.ask('plain', 1, 1), { code: 'ERR_LEND_POISONED' });
});
