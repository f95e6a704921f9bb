// An exception of JavaScript that leaves a function of `#[export(worker, parallel)]` on one of its threads. It ends all, as a panic there does.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { lend, pkg } from './team.mjs';

it('ends every thread, with its message', async () => {
  const pool = lend.workers({ size: 2 });
  await pkg.par_meet(2);
  const error = await pkg.par_throw().catch((reason) => reason);
  assert.equal(error.code, 'ERR_LEND_POISONED');
  assert.match(error.message, /thread \d+ of this memory has left a call that other threads run, too, .*: an exception of JavaScript: thrown on a thread/);
  assert.equal((await pkg.job_empty().catch((reason) => reason)).code, 'ERR_LEND_POISONED');
  assert.equal(pool.pending, 0);
  // Other threads of the call wait for the one that is gone.
  process.exit(0);
});
