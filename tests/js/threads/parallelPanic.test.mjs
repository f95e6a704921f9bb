// A panic in a function of `#[export(worker, parallel)]`: its other threads wait for the one that has ended, and use what the call has borrowed. So
// all threads end.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { lend, pkg } from './team.mjs';

it('ends every thread, with the words of the panic', async () => {
  const pool = lend.workers({ size: 2 });
  await pkg.par_meet(2);
  const heard = new Promise((resolve) => lend.onPanic(resolve));
  const bytes = lend.createMutableBuffer(new Uint8Array(1000));
  const since = performance.now();
  const error = await pkg.par_panic(bytes, 500).catch((reason) => reason);
  assert.ok(performance.now() - since < 1000, 'within a second');
  assert.equal(error.code, 'ERR_LEND_POISONED');
  assert.match(error.message, /thread \d+ of this memory has left a call that other threads run, too, .*: Rust panicked at .*jobs\.rs:\d+:\d+:\nbyte 500/s);
  assert.match((await heard).message, /byte 500/);
  assert.equal((await pkg.job_empty().catch((reason) => reason)).code, 'ERR_LEND_POISONED');
  assert.equal(pool.pending, 0);
  // Other threads of the call wait for the one that is gone.
  process.exit(0);
});
