// `lend.join` without shared memory: the worker starts the package with a memory of its own, and tokens have copies.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { directory, load, shared, TARGETS } from './packages.mjs';

for (const target of TARGETS) {
  it(`a worker has a memory of its own, ${target}`, { skip: shared && 'memory is shared' }, async (test) => {
    test.mock.method(console, 'info', () => {});
    const pkg = await load(target);
    const { lend } = pkg;
    const worker = new Worker(new URL('./ownMemoryWorker.mjs', import.meta.url), { workerData: { main: join(directory('e2e', target), 'e2e.js'), target }, stdout: true });
    test.after(() => worker.terminate());
    const thread = await lend.join(worker);
    assert.deepEqual([thread.number, thread.isShared], [0, false]);
    const buffer = lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
    worker.postMessage({ token: lend.share(buffer) });
    const [{ sum, isShared, token }] = await once(worker, 'message');
    assert.deepEqual([sum, isShared, buffer.moved], [6, false, true]);
    assert.deepEqual([...lend.receive(token).view], [3, 2, 1]);
    await thread.leave();
  });
}

it('join rejects if the worker cannot start', async () => {
  const { lend } = await load('web');
  const code = (text) => new Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`));
  const failing = code('throw new Error("mine")');
  await assert.rejects(lend.join(failing), { code: 'ERR_LEND_UNINITIALIZED', message: /^lend\.join\(\): the worker has failed/ });
  await assert.rejects(lend.join(code('process.exit()')), { code: 'ERR_LEND_UNINITIALIZED', message: /^lend\.join\(\): the worker has ended/ });
});
