// A trap in a call on the pool: it may have held any lock, so every thread ends.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { lend, pkg, until } from './team.mjs';

it('ends every thread, and rejects every call', async () => {
  const pool = lend.workers({ size: 2 });
  // Both workers have started.
  await Promise.all([pkg.job_meet(2), pkg.job_meet(2)]);
  const buffer = lend.createMutableBuffer(new Uint8Array(1));
  const heard = new Promise((resolve) => lend.onPanic(resolve));
  const running = pkg.job_forever(buffer).catch((error) => error);
  await until(() => buffer.view[0] === 3, 'it runs');
  const since = performance.now();
  const trapped = await pkg.job_trap().catch((error) => error);
  assert.ok(performance.now() - since < 1000, 'within a second');
  assert.equal(trapped.code, 'ERR_LEND_POISONED');
  assert.equal((await running).code, 'ERR_LEND_POISONED');
  assert.match((await heard).message, /thread \d+ of this memory has trapped/);
  assert.equal((await pkg.job_empty().catch((error) => error)).code, 'ERR_LEND_POISONED');
  assert.equal(pool.pending, 0);
  // The call that never asks still runs. Nobody waits for it.
  process.exit(0);
});
