// A panic in a worker: that thread ends, and the others go on.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { thrown } from '../packages.mjs';
import { lend, pkg, start, until } from './team.mjs';

it('ends that thread alone, and its borrows', async () => {
  const [one, two] = [await start(), await start()];
  const buffer = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
  await assert.rejects(one.ask('call', 'panic_at', lend.share(buffer), 9), { code: 'ERR_LEND_PANIC', message: /index out of bounds/ });
  await assert.rejects(one.ask('plain', 1, 1), { code: 'ERR_LEND_POISONED' });
  assert.equal(pkg.sum(buffer), 6);
  assert.equal(await two.ask('plain', 3, 100), 0);
  assert.equal(lend.stats().borrows, 0, 'what the call had borrowed is free');
  const whole = lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
  pkg.reverse_u8(lend.receive(await two.ask('back', lend.share(whole))));
  await one.worker.terminate();
  await until(() => buffer.holders === 1, 'the holds of the thread were given back');
});
