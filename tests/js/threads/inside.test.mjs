// A worker that is ended inside of a call: it may have held any lock, so no thread goes on.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { thrown } from '../packages.mjs';
import { lend, pkg, start, until } from './team.mjs';

it('ends every thread within a second', async () => {
  const [one, two] = [await start(), await start()];
  const buffer = lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
  one.worker.postMessage({ id: -1, job: 'spin', args: [lend.share(buffer)] });
  await until(() => one.events[0] === 'inside', 'the worker is in a call');
  const heard = new Promise((resolve) => lend.onPanic(resolve));
  const since = performance.now();
  await one.worker.terminate();
  assert.match((await heard).message, /the worker of thread 2 ended inside of a call/);
  assert.ok(performance.now() - since < 1000);
  assert.equal(thrown(() => lend.alloc(Uint8Array, 3)).code, 'ERR_LEND_POISONED');
  await assert.rejects(two.ask('plain', 1, 1), { code: 'ERR_LEND_POISONED' });
});
