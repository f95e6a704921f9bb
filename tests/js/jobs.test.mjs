// Functions of `#[export(worker)]`: promises of calls that run on a pool. The same on packages with shared memory and without.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { load } from './packages.mjs';

const isShared = process.env.WASM_LEND_THREADS === '1';
const pkg = await load('web');
const { lend } = pkg;
const pool = lend.workers({ size: 2 });

/** What is there when no call runs. */
const counts = () => {
  const { buffers, bytes, handles, borrows, instances } = lend.stats();
  return { buffers, bytes, handles, borrows, instances };
};

/** Buffers that are freed after each test. */
const owned = [];
afterEach(() => owned.splice(0).forEach((buffer) => buffer.free()));
const kept = (buffer) => (owned.push(buffer), buffer);

const bytes = (length, value = 0) => lend.createMutableBuffer(new Uint8Array(length).fill(value));
const rejected = (promise) => promise.then((value) => assert.fail(`resolved with ${value}`), (error) => error);

describe('a call of a worker', () => {
  let start;
  before(async () => {
    await pkg.job_sum(new Uint8Array(1));
    start = counts();
  });
  after(async () => {
    assert.deepEqual(counts(), start, 'nothing is left');
    await pool.close();
    assert.equal(pool.running, 0);
  });

  it('runs on another thread, and resolves with its result', async () => {
    assert.equal(lend.isShared, isShared);
    assert.equal(await pkg.job_sum(new Uint8Array([1, 2, 3])), 6);
    if (isShared) assert.equal(await pkg.jobs.is_first(pkg.thread_of_stack()), false);
    assert.ok(pool.running >= 1);
  });

  it('writes to the buffer of its caller, which is borrowed until the promise settles', async () => {
    const buffer = kept(bytes(1000));
    const controller = new AbortController();
    const promise = rejected(pkg.job_forever(buffer, { signal: controller.signal }));
    assert.throws(() => pkg.reverse_u8(buffer), { code: 'ERR_LEND_BORROWED' });
    assert.throws(() => pkg.sum(buffer), { code: 'ERR_LEND_BORROWED' });
    assert.equal((await rejected(pkg.job_fill(buffer, 8))).code, 'ERR_LEND_BORROWED');
    controller.abort();
    assert.equal((await promise).name, 'AbortError');
    assert.equal(await pkg.job_fill(buffer, 7), undefined);
    assert.ok(buffer.view.every((byte) => byte === 7));
    pkg.reverse_u8(buffer);
  });

  it('takes every kind of argument', async () => {
    const samples = kept(lend.createReadOnlyBuffer(new Float32Array([0.5, 1])));
    const moved = lend.createMutableBuffer(new Uint16Array([4, 5]));
    const result = await pkg.job_kinds('gr\u00fc\u00df', '\u{1f30d}', null, samples, moved, new Uint8Array([1]), true, ['a', 'b']);
    assert.equal(result, 'gr\u00fc\u00df \u{1f30d} None 1.5 9 [1] Some(true) a+b');
    assert.throws(() => moved.view, { code: 'ERR_LEND_MOVED' });
    assert.equal(await pkg.job_kinds('', 'x', 'y', new Float32Array([2]), new Uint16Array([]), [], undefined, []), ' x Some("y") 2 0 [] None ');
  });

  it('takes arrays of a known length', async () => {
    const to = kept(lend.createMutableBuffer(new Float32Array(2)));
    await pkg.job_swap(new Float32Array([1, 2]), to);
    assert.deepEqual([...to.view], [2, 1]);
    assert.equal((await rejected(pkg.job_swap(new Float32Array(3), to))).code, 'ERR_LEND_RANGE');
  });

  it('gives back a buffer that it was given', async () => {
    const doubled = kept(await pkg.job_double(lend.createMutableBuffer(new Float32Array([1, 2]))));
    assert.deepEqual([...doubled.view], [2, 4]);
  });

  it('has instances, which stay borrowed until the promise settles', async () => {
    const [shared, changed, taken] = [new pkg.Tally(1), new pkg.Tally(10), new pkg.Tally(100)];
    const promise = pkg.job_tallies(shared, changed, taken);
    assert.equal(await promise, 111);
    assert.equal(changed.count, 11);
    assert.throws(() => taken.count, { code: 'ERR_LEND_MOVED' });
    shared.free();
    changed.free();
  });

  it('rejects with the error of its function, and nothing stays borrowed', async () => {
    const buffer = kept(bytes(10));
    const error = await rejected(pkg.job_fail(buffer));
    assert.equal(error.message, 'the job has failed');
    assert.equal(lend.stats().borrows, 0);
    pkg.reverse_u8(buffer);
  });

  it('refuses what is wrong before anything runs', async () => {
    const text = await rejected(pkg.job_sum('abc'));
    assert.equal(text.code, 'ERR_LEND_TYPE');
    const plain = await rejected(pkg.job_fill(new Uint8Array(3), 1));
    assert.equal(plain.code, 'ERR_LEND_TYPE');
    assert.match(plain.message, /^job_fill\(\): argument `bytes: &mut \[u8\]` takes a mutable buffer; got a Uint8Array of length 3 \(a plain array/);
    for (const options of [1, { signal: 1 }, { priority: 'soon' }, { onProgress: 1 }]) {
      const error = await rejected(pkg.job_sum(new Uint8Array(1), options));
      assert.equal(error.code, 'ERR_LEND_TYPE');
      assert.match(error.message, /^job_sum\(\): its options/);
    }
  });

  it('runs beside others', { skip: !isShared && 'without shared memory no two of them can meet' }, async () => {
    await Promise.all([pkg.job_meet(2), pkg.job_meet(2)]);
  });

  it('writes one half of a buffer while another call writes the other', async () => {
    const whole = kept(bytes(100));
    const [left, right] = [whole.subarray(0, 50), whole.subarray(50)];
    await Promise.all([pkg.job_fill(left, 1), pkg.job_fill(right, 2)]);
    assert.deepEqual([whole.view[49], whole.view[50]], [1, 2]);
    left.free();
    right.free();
  });

  it('runs after many others', async () => {
    const buffer = kept(bytes(64, 1));
    const sums = await Promise.all(Array.from({ length: 1000 }, () => pkg.job_sum(buffer)));
    assert.ok(sums.every((sum) => sum === 64));
    assert.equal(pool.pending, 0);
  });
});

it('a parallel function has the same result on one thread', async () => {
  const from = kept(lend.createReadOnlyBuffer(Float64Array.from({ length: 1000 }, (_, index) => index)));
  const to = kept(lend.alloc(Float64Array, 1000));
  assert.equal(await pkg.par_squares(from, to), 332_833_500);
  assert.equal(to.view[999], 998_001);
  assert.equal(await pkg.job_with_rayon(new Uint8Array([1, 2, 3])), 7);
  await pool.close();
});

describe('room in the queue', () => {
  after(() => void lend.workers({ queue: 64 }));

  it('lets in as many calls as may wait, in order', async () => {
    lend.workers({ queue: 3 });
    let most = 0;
    const order = [];
    const calls = Array.from({ length: 40 }, async (_, index) => {
      await pool.room();
      order.push(index);
      const promise = pkg.job_sum(new Uint8Array([index]));
      most = Math.max(most, pool.pending);
      return promise;
    });
    assert.deepEqual(await Promise.all(calls), calls.map((_, index) => index));
    assert.deepEqual(order, calls.map((_, index) => index));
    assert.equal(most, pool.size + 3);
  });

  it('is given again by those who call nothing', async () => {
    lend.workers({ queue: 0 });
    await Promise.all(Array.from({ length: 10 }, () => pool.room()));
    // And by settings that make more of it.
    const calls = [pkg.job_sum(new Uint8Array(1)), pkg.job_sum(new Uint8Array(1))];
    let isIn = false;
    const room = pool.room().then(() => (isIn = true));
    await Promise.resolve();
    assert.equal(isIn, false);
    lend.workers({ queue: Infinity });
    await room;
    await Promise.all(calls);
  });

  it('is not needed: a call over it waits as all do', async () => {
    lend.workers({ queue: 1 });
    assert.deepEqual(await Promise.all(Array.from({ length: 20 }, (_, index) => pkg.job_sum(new Uint8Array([index])))), Array.from({ length: 20 }, (_, index) => index));
  });
});

describe('a signal', () => {
  it('that has aborted ends the call before it begins', async () => {
    const buffer = kept(bytes(4));
    const reason = new Error('no');
    assert.equal(await rejected(pkg.job_fill(buffer, 1, { signal: AbortSignal.abort(reason) })), reason);
    assert.equal(buffer.view[0], 0);
  });

  it('ends a call that waits', async () => {
    const controllers = Array.from({ length: 2 }, () => new AbortController());
    const buffers = controllers.map(() => bytes(4));
    const running = controllers.map(({ signal }, i) => rejected(pkg.job_forever(buffers[i], { signal })));
    const waiting = kept(bytes(4));
    const controller = new AbortController();
    const last = rejected(pkg.job_fill(waiting, 1, { signal: controller.signal }));
    controller.abort('enough');
    assert.equal(await last, 'enough');
    assert.equal(waiting.view[0], 0);
    pkg.reverse_u8(waiting);
    controllers.forEach((each) => each.abort());
    for (const promise of running) assert.equal((await promise).name, 'AbortError');
    buffers.forEach((buffer) => buffer.free());
    assert.equal(lend.stats().borrows, 0);
  });

  it('ends a call that runs, when its function asks', async () => {
    const buffer = kept(bytes(4));
    const controller = new AbortController();
    const promise = rejected(pkg.job_forever(buffer, { signal: controller.signal }));
    if (isShared) while (buffer.view[0] !== 3) await new Promise(setImmediate);
    controller.abort();
    assert.equal((await promise).name, 'AbortError');
    pkg.reverse_u8(buffer);
  });

  it('may abort when the call is over', async () => {
    const controller = new AbortController();
    assert.equal(await pkg.job_sum(new Uint8Array([5]), { signal: controller.signal }), 5);
    controller.abort();
  });
});

describe('progress', () => {
  it('is heard, in order, up to the last report', async () => {
    const heard = [];
    assert.equal(await pkg.job_steps(50, new Uint8Array(3), { onProgress: (part) => heard.push(part) }), 3);
    assert.equal(heard.at(-1), 1);
    assert.deepEqual(heard, [...heard].sort((a, b) => a - b));
  });

  it('may be any value that a function may return', async () => {
    const heard = [];
    await pkg.job_named_step('first', { onProgress: (step) => heard.push(step) });
    assert.deepEqual(heard, [{ name: 'first', of: 1 }]);
  });

  it('is nothing to a call without a listener', async () => {
    assert.equal(await pkg.job_steps(50, new Uint8Array(3)), 3);
  });
});

describe('a panic', () => {
  it('rejects its own promise, and ends its borrows', async () => {
    const buffer = kept(bytes(6));
    const others = Array.from({ length: 20 }, () => pkg.job_sum(new Uint8Array([1])));
    const error = await rejected(pkg.job_panic(buffer));
    assert.equal(error.code, 'ERR_LEND_PANIC');
    assert.match(error.message, /jobs\.rs:\d+:\d+:\nthe job has 6 bytes/);
    assert.deepEqual(await Promise.all(others), others.map(() => 1));
    assert.equal(lend.stats().borrows, 0);
    pkg.reverse_u8(buffer);
    assert.equal(await pkg.job_sum(new Uint8Array([9])), 9);
  });
});

describe('what a hostile caller does', () => {
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  it('calls while the last worker leaves', async () => {
    lend.workers({ size: 1, idle: 0 });
    for (let i = 0; i < 2; i++) {
      assert.equal(await pkg.job_sum(new Uint8Array([i])), i);
      while (pool.running > 0) await wait(1);
      assert.equal(await pkg.job_sum(new Uint8Array([7])), 7);
      const closed = pool.close();
      assert.equal(await pkg.job_sum(new Uint8Array([8])), 8);
      await closed;
    }
    lend.workers({ size: 2, idle: 10_000 });
  });

  it('makes a call while another one settles', async () => {
    for (let turns = 0; turns < 8; turns++) {
      const controller = new AbortController();
      let other;
      const onProgress = async () => {
        for (let i = 0; i < turns; i++) await null;
        other = pkg.job_steps(1, new Uint8Array([7]), { onProgress: () => (heard += 1) });
        controller.abort();
      };
      let heard = 0;
      await pkg.job_steps(1, new Uint8Array(3), { signal: controller.signal, onProgress }).catch((error) => assert.equal(error.name, 'AbortError'));
      while (other === undefined) await null;
      assert.deepEqual([await other, heard], [1, 1], `after ${turns} turns`);
    }
  });

  it('changes a plain array after the call, and a buffer that is only read', async () => {
    const array = new Uint8Array([1, 1]);
    const buffer = kept(bytes(4, 1));
    const calls = [pkg.job_sum(array), pkg.job_sum(buffer)];
    array.fill(100);
    buffer.view[0] = 5;
    assert.equal(await calls[0], 2);
    await calls[1];
    assert.equal(buffer.view[0], 5, 'what is only read is not written back');
  });

  it('aborts when the call has just been made elsewhere', async () => {
    const buffer = kept(bytes(4));
    const controller = new AbortController();
    const promise = pkg.job_fill(buffer, 7, { signal: controller.signal }).catch(() => {});
    for (const end = Date.now() + 50; Date.now() < end; );
    controller.abort();
    await promise;
    buffer.view.fill(9);
    await wait(50);
    assert.ok(buffer.view.every((byte) => byte === 9), 'nobody writes after the promise has settled');
  });

  it('has an onProgress that throws', async () => {
    const reported = [];
    const { error } = console;
    console.error = (...args) => reported.push(args.at(-1));
    try {
      assert.equal(await pkg.job_steps(2, new Uint8Array(1), { onProgress() { throw new Error('heard'); } }), 1);
    } finally {
      console.error = error;
    }
    assert.ok(reported.length > 0 && reported.every(({ message }) => message === 'heard'));
  });

  it('aborts while the arguments are read', async () => {
    const controller = new AbortController();
    const get = () => {
      controller.abort();
      return 'a';
    };
    const words = Object.defineProperty(['x'], 0, { get });
    const error = await rejected(pkg.job_kinds('', '', null, new Float32Array(1), new Uint16Array(1), [], null, words, { signal: controller.signal }));
    assert.equal(error.name, 'AbortError');
  });

  it('has a signal that throws', async () => {
    const buffer = kept(bytes(4));
    const signal = { aborted: false, addEventListener() { throw new Error('no listener'); }, removeEventListener() {} };
    assert.equal((await rejected(pkg.job_fill(buffer, 1, { signal }))).message, 'no listener');
    assert.equal(pool.pending, 0);
    assert.equal(lend.stats().borrows, 0);
  });

  it('calls after a panic, on one worker', async () => {
    await pool.close();
    lend.workers({ size: 1 });
    const panicked = rejected(pkg.job_panic(kept(bytes(3))));
    const next = pkg.job_sum(new Uint8Array([1]));
    assert.equal((await panicked).code, 'ERR_LEND_PANIC');
    assert.equal(await next, 1);
    const last = [rejected(pkg.job_panic(kept(bytes(3)))), pkg.job_sum(new Uint8Array([2]))];
    await pool.close();
    assert.deepEqual([(await last[0]).code, await last[1], pool.running], ['ERR_LEND_PANIC', 2, 0]);
    lend.workers({ size: 2 });
  });

  it('lets workers wait for ever', async () => {
    lend.workers({ idle: Infinity });
    await pool.close();
    await pkg.job_empty();
    await wait(20);
    assert.equal(pool.running, 1);
    lend.workers({ idle: 10_000 });
    await pool.close();
  });
});
