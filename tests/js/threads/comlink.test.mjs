// Buffers as arguments and results of remote calls by Comlink.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

import { directory } from '../packages.mjs';
import { lend, live } from './team.mjs';

it('Comlink passes buffers by the transfer handler, without a copy', async (test) => {
  const worker = new Worker(new URL('./comlinkWorker.mjs', import.meta.url), { workerData: pathToFileURL(join(directory('e2e', 'web'), 'e2e.js')).href });
  test.after(() => worker.terminate());
  await lend.join(worker);
  Comlink.transferHandlers.set('lend', lend.transferHandler);
  const remote = /** @type {any} */ (Comlink.wrap(nodeEndpoint(/** @type {any} */ (worker))));
  const before = live();
  const shared = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
  const { copiedBytes } = lend.stats();
  assert.equal(await remote.sum(shared), 6);
  const moved = lend.alloc(Uint8Array, 3);
  moved.view.set([1, 2, 3]);
  const reversed = await remote.reversed(moved);
  assert.equal(moved.moved, true);
  assert.deepEqual([...reversed.view], [3, 2, 1]);
  assert.equal(lend.stats().copiedBytes, copiedBytes);
  shared.free();
  reversed.free();
  assert.deepEqual(live(), before);
});
