// Deep recursion, in a thread with a large stack.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { directory } from './packages.mjs';

it('nests 10,000 calls that each borrow an object, and 10,000 calls of which the innermost throws', async () => {
  const worker = new Worker(new URL('deep.mjs', import.meta.url), {
    workerData: directory('e2e', 'web'),
    resourceLimits: { stackSizeMb: 200 },
  });
  const [result] = await once(worker, 'message');
  assert.deepEqual(result, { depth: 1, thrown: 'enough', survived: 0, stack: 0 });
});
