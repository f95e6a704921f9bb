// Workers that end outside of wasm: what they had is given back.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { thrown } from '../packages.mjs';
import { lend, live, pkg, start, until } from './team.mjs';

const buffer = (length) => lend.createReadOnlyBuffer(new Uint8Array(length).fill(1));

describe('the end of a worker', () => {
  for (const how of ['leaves', 'exits', 'is terminated']) {
    it(`that ${how} gives back what its thread held`, async () => {
      const before = { ...live(), instances: lend.stats().instances };
      const leaks = [];
      lend.onLeak((leak) => leaks.push(leak));
      const { ask, thread, worker } = await start();
      const shared = buffer(1000);
      await ask('keep', lend.share(shared));
      shared.free();
      await ask('keep', lend.share(lend.createMutableBuffer(new Float64Array(100))));
      await ask('plain', 3, 10);
      await ask('echo', 'x'.repeat(30000));
      await ask('make', 'Series', 'of a thread', new Float32Array(1));
      assert.equal(lend.stats().bytes, before.bytes + 1800);
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      if (how === 'leaves') await thread.leave();
      if (how === 'exits') worker.postMessage({ job: 'exit', args: [] });
      else await worker.terminate();
      await ended;
      await until(() => lend.stats().bytes === before.bytes, 'the memory was released');
      const kinds = leaks.map(({ kind }) => kind).sort();
      assert.deepEqual(kinds, how === 'leaves' ? [] : ['MutableBuffer', 'ReadOnlyBuffer', 'Series']);
      // The destructor of an instance belongs to the thread that has ended.
      const left = how === 'leaves' ? 0 : 1;
      assert.equal(lend.stats().instances, before.instances + left);
      assert.equal(lend.stats().handles, before.handles + left);
      assert.equal(pkg.sum(new Uint8Array([1, 2])), 3);
      lend.onLeak(null);
    });
  }

  it('that has left refuses calls', async () => {
    const { ask, thread } = await start();
    await ask('plain', 1, 1);
    await thread.leave();
    await assert.rejects(ask('plain', 1, 1), { code: 'ERR_LEND_POISONED', message: /this thread has left the package/ });
  });

  it('leaves memory as it was: stack, thread-locals, holds', async () => {
    const cycle = async () => {
      const { ask, thread, worker } = await start();
      await ask('plain', 3, 2);
      await ask('echo', 'x'.repeat(20000));
      await thread.leave();
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      await worker.terminate();
      await ended;
    };
    for (let i = 0; i < 3; i++) await cycle();
    const { memoryBytes } = lend.stats();
    for (let i = 0; i < 20; i++) await cycle();
    assert.ok(lend.stats().memoryBytes - memoryBytes <= 65536, `${lend.stats().memoryBytes - memoryBytes} bytes more after 20 workers`);
  });

  it('does not matter to a buffer in flight', async () => {
    const before = live();
    const { ask, worker } = await start();
    const token = await ask('share', new Uint8Array([7, 8]));
    await worker.terminate();
    await until(() => lend.stats().handles === before.handles + 1, 'the holds of the thread were given back');
    const received = lend.receive(token);
    assert.deepEqual([...received.view], [7, 8]);
    received.free();
  });

  it('gives back what a thread held that has panicked, also if it was told to leave', async () => {
    const before = live();
    const { ask, thread, worker } = await start();
    await ask('keep', lend.share(lend.createMutableBuffer(new Uint8Array(500))));
    const [read] = [buffer(3)];
    await assert.rejects(ask('call', 'panic_at', lend.share(read), 9), { code: 'ERR_LEND_PANIC' });
    read.free();
    await thread.leave();
    await worker.terminate();
    await until(() => lend.stats().bytes === before.bytes && lend.stats().handles === before.handles, 'everything was given back');
  });

  it('does not keep the errors of the worker from its user', async () => {
    const { worker } = await start();
    const error = new Promise((resolve) => worker.once('error', resolve));
    worker.postMessage({ throws: true });
    assert.equal((await error).message, 'mine');
  });

  it('that leaves rejects its promises, and drops what their futures hold', async () => {
    const before = live();
    const { ask, events, thread } = await start();
    const held = buffer(50);
    await ask('wait', lend.share(held));
    held.free();
    await thread.leave();
    await until(() => events[0] === 'ERR_LEND_POISONED', 'the promise was rejected');
    await until(() => lend.stats().bytes === before.bytes, 'the buffer was released');
  });

  it('a worker joins once, and only on the first thread', async () => {
    const { worker, ask } = await start();
    assert.equal(thrown(() => lend.join(worker)).code, 'ERR_LEND_TYPE');
    await assert.rejects(ask('join'), { code: 'ERR_LEND_TYPE', message: 'lend.join(): only the first thread of a memory joins workers' });
    await worker.terminate();
    assert.equal(thrown(() => lend.join(worker)).code, 'ERR_LEND_TYPE');
  });

  it('messages of others on the channel do nothing', async () => {
    await start();
    const token = lend.share(lend.createMutableBuffer(new Uint8Array(1)));
    const channel = new BroadcastChannel(`wasm-lend ${token.memory}`);
    const other = new BroadcastChannel(channel.name);
    const arrived = new Promise((resolve) => (other.onmessage = ({ data }) => data === null && resolve(data)));
    channel.postMessage({ trapped: 1 });
    channel.postMessage(null);
    await arrived;
    assert.equal(lend.revoke(token), true);
    channel.close();
    other.close();
  });

  it('a listener that it had set is forgotten', async () => {
    const { ask, worker } = await start();
    const shared = buffer(10);
    await ask('onRelease', lend.share(shared));
    await worker.terminate();
    await until(() => shared.holders === 1, 'its hold was given back');
    shared.free();
    assert.equal(pkg.sum(new Uint8Array([1])), 1);
  });
});
