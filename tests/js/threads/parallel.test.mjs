// Functions of `#[export(worker, parallel)]`: the threads of the pool run one together, with rayon.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { lend, live, pkg, until } from './team.mjs';

const LENGTH = 100_000;
const pool = lend.workers({ size: 3 });
after(() => pool.close());

const numbers = () => lend.createReadOnlyBuffer(Float64Array.from({ length: LENGTH }, (_, index) => index % 1000));
const sum = 100 * Array.from({ length: 1000 }, (_, value) => value * value).reduce((a, b) => a + b);

describe('a parallel function', () => {
  it('runs on all threads of the pool, which start for it', async () => {
    await pool.close();
    assert.equal(await pkg.par_meet(3), 3);
    assert.equal(pool.running, 3);
  });

  it('writes to the buffer of its caller from every thread, and gives it back', async () => {
    const from = numbers();
    const to = lend.alloc(Float64Array, LENGTH);
    assert.equal(await pkg.par_squares(from, to), sum);
    assert.equal(to.view[999], 999 * 999);
    assert.equal(lend.stats().borrows, 0);
    from.free();
    to.free();
  });

  it('shares the pool with other calls, also with more of its kind than there are threads', async () => {
    const from = numbers();
    const before = live();
    const calls = Array.from({ length: 30 }, async (_, index) => {
      if (index % 3 === 0) return pkg.job_sum(new Uint8Array([index]));
      const to = lend.alloc(Float64Array, LENGTH);
      const result = await pkg.par_squares(from, to);
      to.free();
      return result;
    });
    const results = await Promise.all(calls);
    assert.deepEqual(results, results.map((_, index) => (index % 3 === 0 ? index : sum)));
    assert.deepEqual(live(), before);
    from.free();
    // The threads are not rayon's any more.
    assert.equal(await pkg.par_meet(3), 3);
  });

  it('hears of its signal, and reports, on every thread', async () => {
    const bytes = lend.createMutableBuffer(new Uint8Array(1000));
    const controller = new AbortController();
    /** @type {number[]} */
    const reports = [];
    const promise = pkg.par_forever(bytes, { signal: controller.signal, onProgress: (at) => reports.push(at) });
    await until(() => bytes.view.reduce((a, b) => a + b, 0) === 3, 'three threads run');
    await until(() => reports.length > 0, 'one has reported');
    controller.abort(new Error('enough'));
    await assert.rejects(promise, { message: 'enough' });
    assert.equal(lend.stats().borrows, 0);
    bytes.free();
  });

  it('may want something of every thread, also when others of its kind and other calls are there', async () => {
    for (let i = 0; i < 20; i++) {
      const calls = Array.from({ length: 4 }, (_, index) => (index % 2 === 0 ? pkg.par_meet(3) : pkg.par_broadcast()));
      calls.push(pkg.job_sum(new Uint8Array([3])));
      assert.deepEqual(await Promise.all(calls), [3, 3, 3, 3, 3]);
    }
    // The pool ends when all of them have.
    const calls = [pkg.par_meet(3), pkg.par_meet(3), pkg.par_meet(3)];
    await pool.close();
    assert.deepEqual(await Promise.all(calls), [3, 3, 3]);
  });

  it('ends after everything that it has spawned', async () => {
    for (let i = 0; i < 20; i++) {
      assert.equal(await pkg.par_spawn(50), 50);
      assert.equal(pkg.spawned(), 50);
    }
  });

  it('has as many threads as the pool, also when that changes', async () => {
    for (const size of [1, 2, 4, 3]) {
      lend.workers({ size });
      assert.equal(await pkg.par_meet(size), size);
    }
  });

  it('leaves memory as it was when it was called often', async () => {
    const from = numbers();
    const to = lend.alloc(Float64Array, LENGTH);
    const many = async () => {
      for (let i = 0; i < 300; i++) await pkg.par_squares(from, to);
    };
    await many();
    const before = lend.stats().memoryBytes;
    await many();
    assert.equal(lend.stats().memoryBytes, before, 'no page more');
    from.free();
    to.free();
  });
});

it('rayon in a function that is not parallel runs on that thread alone', async () => {
  const results = await Promise.all(Array.from({ length: 20 }, () => pkg.job_with_rayon(new Uint8Array([1, 2, 3]))));
  assert.deepEqual(new Set(results), new Set([7]));
});
