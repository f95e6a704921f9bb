// The pool of `#[export(worker)]` over shared memory: its workers, their ends, and what they leave.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import { directory } from '../packages.mjs';
import { lend, live, pkg, start, until } from './team.mjs';

/** How often a pool starts and ends. A worker of this package starts in a third of a second. */
const CYCLES = Number(process.env.WASM_LEND_CYCLES ?? 10);
const pool = lend.workers({ size: 2, idle: 10_000 });
after(() => pool.close());

const bytes = (length, value = 0) => lend.createMutableBuffer(new Uint8Array(length).fill(value));
const rejected = (promise) => promise.then((value) => assert.fail(`resolved with ${value}`), (error) => error);

/** Settles every promise, and says how many have ended in which way. */
async function ends(promises) {
  const counts = {};
  for (const { status, reason } of await Promise.allSettled(promises)) {
    const end = status === 'fulfilled' ? 'resolved' : (reason?.code ?? reason?.name ?? reason);
    counts[end] = (counts[end] ?? 0) + 1;
  }
  return counts;
}

describe('the pool', () => {
  it('has workers when it needs them, and no more than its size', async () => {
    await pool.close();
    assert.deepEqual([pool.size, pool.running, pool.pending], [2, 0, 0]);
    const calls = Array.from({ length: 50 }, () => pkg.job_sum(new Uint8Array(10)));
    assert.equal(pool.pending, 50);
    await Promise.all(calls);
    assert.ok(pool.running >= 1 && pool.running <= 2);
    assert.equal(pool.pending, 0);
  });

  it('ends workers that have nothing to do, and starts them again', async () => {
    lend.workers({ idle: 20 });
    await pool.close();
    assert.equal(await pkg.job_sum(new Uint8Array([1])), 1);
    await until(() => pool.running === 0, 'the worker has ended');
    assert.equal(await pkg.job_sum(new Uint8Array([2])), 2);
    lend.workers({ idle: 10_000 });
    await pool.close();
  });

  it('waits for its calls when it closes, also for those that begin meanwhile', async () => {
    const first = pkg.job_sum(new Uint8Array([1]));
    const closed = pool.close();
    const second = pkg.job_sum(new Uint8Array([2]));
    assert.deepEqual(await Promise.all([first, second]), [1, 2]);
    await closed;
    assert.equal(await pkg.job_sum(new Uint8Array([3])), 3);
  });

  it('runs calls in the background after all others', async () => {
    await pool.close();
    lend.workers({ size: 1 });
    const order = [];
    const controller = new AbortController();
    const buffer = bytes(1);
    const running = rejected(pkg.job_forever(buffer, { signal: controller.signal }));
    await until(() => buffer.view[0] === 3, 'it runs');
    const note = (name) => () => order.push(name);
    const calls = [
      pkg.job_empty({ priority: 'background' }).then(note('background')),
      pkg.job_empty().then(note('first')),
      pkg.job_empty({ priority: 'user' }).then(note('second')),
    ];
    controller.abort();
    await Promise.all([running, ...calls]);
    assert.deepEqual(order, ['first', 'second', 'background']);
    buffer.free();
    lend.workers({ size: 2 });
  });

  it('leaves the main thread free', async () => {
    const controller = new AbortController();
    const buffer = bytes(1);
    const promise = rejected(pkg.job_forever(buffer, { signal: controller.signal }));
    let turns = 0;
    while (turns < 100) {
      await new Promise(setImmediate);
      turns += 1;
    }
    controller.abort();
    assert.equal((await promise).name, 'AbortError');
    buffer.free();
  });

  it('runs calls of other threads', async () => {
    const { ask, thread } = await start();
    assert.equal(await ask('run', 'job_sum', new Uint8Array([1, 2, 3])), 6);
    await pool.close();
    assert.equal(await ask('run', 'job_sum', new Uint8Array([4])), 4, 'the first thread starts a worker for it');
    await thread.leave();
  });

  it('refuses wrong settings', () => {
    for (const [settings, code] of [[1, 'TYPE'], [null, 'TYPE'], [{ size: -1 }, 'RANGE'], [{ size: 1.5 }, 'RANGE'], [{ idle: -1 }, 'RANGE'], [{ idle: '1' }, 'RANGE'], [{ queue: -1 }, 'RANGE'], [{ queue: NaN }, 'RANGE'], [{ queue: '1' }, 'RANGE'], [{ worker: {} }, 'TYPE']]) {
      assert.throws(() => lend.workers(settings), { code: `ERR_LEND_${code}`, message: /^lend\.workers\(\)/ });
    }
    assert.equal(pool.size, 2);
  });

  it('rejects its calls if it cannot start a worker', async () => {
    await pool.close();
    lend.workers({ worker: () => new Worker('throw new Error("no such file")', { eval: true }) });
    const buffer = bytes(3);
    const errors = await Promise.all([rejected(pkg.job_fill(buffer, 1)), rejected(pkg.job_sum(buffer))]);
    assert.equal(errors[0].code, 'ERR_LEND_UNINITIALIZED');
    assert.match(errors[0].message, /no such file/);
    assert.equal(errors[1].code, 'ERR_LEND_BORROWED');
    pkg.reverse_u8(buffer);
    buffer.free();
    lend.workers({ worker: null });
    assert.equal(await pkg.job_sum(new Uint8Array([1])), 1);
  });
});

describe('the ends of threads', () => {
  /** Workers of a pool that the test can end. @type {Worker[]} */
  const made = [];
  const worker = () => {
    const main = pathToFileURL(join(directory('e2e', 'web'), 'e2e.js')).href;
    const one = new Worker(`import(${JSON.stringify(main)}).then(({ lend, initSync }) => { const served = lend.serve(initSync); require('node:worker_threads').parentPort.postMessage('ready'); return served; })`, { eval: true });
    made.push(one);
    return new Promise((resolve) => one.once('message', () => resolve(one)));
  };

  it('by force leave the pool able to start others', async () => {
    await pool.close();
    lend.workers({ size: 1, worker });
    await pkg.job_empty();
    await until(() => pool.idle === 1, 'it waits for a job');
    await made[0].terminate();
    await until(() => pool.running === 0, 'the end is noticed');
    assert.equal(await pkg.job_sum(new Uint8Array([1])), 1);
    await pool.close();
    lend.workers({ size: 2, worker: null });
  });

  it('that have called give back what a panic leaves', async () => {
    const whole = bytes(100);
    const { ask, worker: caller } = await start();
    await ask('run', 'job_empty');
    // Waits behind a call that runs until the caller has ended.
    lend.workers({ size: 1 });
    await pool.close();
    const controller = new AbortController();
    const blocking = bytes(1);
    const running = rejected(pkg.job_forever(blocking, { signal: controller.signal }));
    await until(() => blocking.view[0] === 3, 'it runs');
    ask('call', 'job_panic', lend.share(whole.subarray(0, 50))).catch(() => {});
    await until(() => lend.stats().borrows === 2, 'the caller has borrowed');
    await caller.terminate();
    controller.abort();
    await running;
    await until(() => lend.stats().borrows === 0, 'nothing is borrowed');
    pkg.reverse_u8(whole);
    whole.free();
    blocking.free();
    lend.workers({ size: 2 });
  });

  it('hear that the pool cannot start', async () => {
    await pool.close();
    const { ask, thread } = await start();
    lend.workers({ worker: () => { throw new Error('cannot'); } });
    await assert.rejects(ask('run', 'job_empty'), { code: 'ERR_LEND_UNINITIALIZED', message: 'cannot' });
    lend.workers({ worker: null });
    assert.equal(await ask('run', 'job_sum', new Uint8Array([5])), 5);
    await thread.leave();
  });
});

describe('many calls', () => {
  it('under aborts, errors and panics leave nothing borrowed and nothing leaked', async () => {
    await pkg.job_empty();
    const before = live();
    const buffers = Array.from({ length: 20 }, (_, i) => bytes(64, i));
    let count = 0;
    const all = {};
    while (count < 10_000) {
      const calls = [];
      for (const [i, buffer] of buffers.entries()) {
        count += 5;
        const controller = new AbortController();
        calls.push(pkg.job_sum(buffer), pkg.job_sum(buffer, { signal: controller.signal }), pkg.job_double(new Float32Array(8)).then((made) => made.free()), pkg.job_fail(bytes(8)).catch((error) => assert.equal(error.message, 'the job has failed')));
        if (i === 0 && count % 1000 === 5) calls.push(pkg.job_panic(bytes(8)));
        else calls.push(pkg.job_steps(3, new Uint8Array(8), { onProgress() {} }));
        if (i % 2 === 0) controller.abort(new Error('aborted'));
      }
      for (const [end, number] of Object.entries(await ends(calls))) all[end] = (all[end] ?? 0) + number;
    }
    buffers.forEach((buffer) => buffer.free());
    assert.equal(lend.stats().borrows, 0);
    assert.equal(pool.pending, 0);
    assert.ok(all.resolved > 0 && all.Error > 0 && all.ERR_LEND_PANIC > 0, JSON.stringify(all));
    assert.deepEqual(Object.keys(all).sort(), ['ERR_LEND_PANIC', 'Error', 'resolved']);
    // The buffers that failed calls had are left to collection.
    for (let i = 0; i < 100 && live().handles !== before.handles; i++) {
      globalThis.gc();
      await new Promise(setImmediate);
    }
    assert.deepEqual(live(), before);
  });

  it('of pools that start and end leave memory as it was', async () => {
    const cycle = async () => {
      assert.equal(await pkg.job_sum(new Uint8Array(100).fill(1)), 100);
      await pool.close();
    };
    for (let i = 0; i < 3; i++) await cycle();
    const before = lend.stats().memoryBytes;
    for (let i = 0; i < CYCLES; i++) await cycle();
    assert.equal(lend.stats().memoryBytes, before, 'no page more');
  });
});
