// Buffers in several workers of Node, over one memory: packages of `cargo xtask build --threads`.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { refused, thrown } from '../packages.mjs';
import { lend, live, pkg, start, until } from './team.mjs';

const bytes = (...values) => new Uint8Array(values);

// Before the suite: Deno and Bun do not wait for a suite that is asynchronous.
const [one, two] = [await start(), await start()];

describe('threads', () => {

  it('join', () => {
    assert.equal(lend.isShared, true);
    assert.deepEqual([one.thread.isShared, one.thread.number, two.thread.number], [true, 2, 3]);
    assert.equal(lend.stats().thread, 1);
  });

  for (const last of ['main', 'one', 'two']) {
    it(`three sum one buffer without a copy, and ${last} frees it`, async () => {
      const before = live();
      const size = 1 << 20;
      const buffer = lend.createReadOnlyBuffer(new Uint8Array(size).fill(1, 0, 7));
      const { copiedBytes } = lend.stats();
      let released = false;
      buffer.onRelease(() => (released = true));
      const sums = [one, two].map(({ ask }) => ask('sumOften', lend.share(buffer), 50));
      for (let i = 0; i < 50; i++) assert.equal(pkg.sum(buffer), 7);
      assert.deepEqual(await Promise.all(sums), [[7], [7]]);
      assert.equal(lend.stats().copiedBytes, copiedBytes);
      const free = { main: () => buffer.free(), one: () => one.ask('free'), two: () => two.ask('free') };
      for (const who of Object.keys(free)) if (who !== last) await free[who]();
      assert.equal(lend.stats().bytes, before.bytes + size);
      assert.equal(released, false);
      await free[last]();
      assert.deepEqual(live(), before);
      await until(() => released, 'the listener of the main thread was called');
    });
  }

  it('a token works once, and a mutable buffer moves', async () => {
    const before = live();
    const buffer = lend.createMutableBuffer(bytes(1, 2, 3));
    const token = lend.share(buffer);
    assert.equal(buffer.moved, true);
    assert.equal(lend.stats().inFlight, before.inFlight + 1);
    assert.equal(thrown(() => pkg.sum(buffer)).code, 'ERR_LEND_MOVED');
    assert.equal(thrown(() => lend.share(buffer)).code, 'ERR_LEND_MOVED');
    const answer = await one.ask('write', token);
    refused(() => lend.receive(token), 'ERR_LEND_MOVED', 'lend.receive(): the buffer of this token was received already, or revoked: a token works once');
    const back = lend.receive(answer.token);
    assert.deepEqual([...back.view], [3, 2, 1]);
    const revoked = lend.share(back);
    assert.deepEqual([lend.revoke(revoked), lend.revoke(revoked)], [true, false]);
    assert.deepEqual(live(), before);
  });

  it('a token of another memory, or no token, is refused', () => {
    const buffer = lend.createReadOnlyBuffer(bytes(1));
    const token = lend.share(buffer);
    buffer.free();
    assert.equal(thrown(() => lend.receive({ ...token, memory: (token.memory ^ 1) >>> 0 })).code, 'ERR_LEND_FOREIGN');
    for (const value of [undefined, 3, {}, { ...token, generation: 'x' }, { ...token, memory: NaN }, { ...token, $lend: -1 }]) assert.equal(thrown(() => lend.receive(value)).code, 'ERR_LEND_TYPE');
    assert.equal(thrown(() => lend.receive({ ...token, $lend: 77 })).code, 'ERR_LEND_MOVED');
    for (const value of [undefined, {}, new Uint8Array(3), { $lent: 1 }]) assert.equal(thrown(() => lend.share(value)).code, 'ERR_LEND_TYPE');
    const received = lend.receive(token);
    assert.equal(thrown(() => structuredClone(received)).name, 'DataCloneError');
    received.free();
  });

  it('parts and element types are kept', async () => {
    const whole = lend.createMutableBuffer(new Float32Array([1, 2, 3, 4]));
    const part = whole.subarray(1, 3);
    const back = lend.receive(await one.ask('back', lend.share(part)));
    assert.deepEqual(back.view, new Float32Array(whole.view.subarray(1, 3)));
    back.view[0] = 9;
    assert.deepEqual([...whole.view], [1, 9, 3, 4]);
    back.free();
    whole.free();
  });

  it('plain arrays and strings of two threads do not meet', async () => {
    const wrong = [one.ask('plain', 3, 2000), two.ask('plain', 7, 2000)];
    const array = new Uint8Array(64).fill(5);
    for (let i = 0; i < 2000; i++) assert.equal(pkg.sum(array), 64);
    assert.deepEqual(await Promise.all(wrong), [0, 0]);
    const name = 'Grüße '.repeat(3000);
    assert.equal(await one.ask('echo', name), name);
  });

  it('what lies above the memory that this thread has seen can be used', async () => {
    const small = lend.createReadOnlyBuffer(bytes(5, 6));
    const { view } = small;
    await one.ask('grow', 48 << 20);
    const big = lend.createReadOnlyBuffer(new Uint8Array(40 << 20).fill(2, -3));
    assert.equal(pkg.sum(big), 6);
    assert.equal(big.view[big.length - 1], 2);
    assert.equal(small.view, view, 'views of shared memory stay');
    // An older name of the same memory.
    const writable = lend.createMutableBuffer(bytes(1, 2, 3));
    const old = new Uint8Array(view.buffer, writable.view.byteOffset, 3);
    assert.equal(thrown(() => pkg.read_beside_written(old, writable)).code, 'ERR_LEND_ALIASED');
    pkg.reverse_u8(old);
    assert.deepEqual([...writable.view], [3, 2, 1]);
    for (const buffer of [small, big, writable]) buffer.free();
  });

  it('two threads write two halves of one allocation at once, and overlapping parts are refused', async () => {
    const whole = lend.alloc(Uint8Array, 1 << 16);
    const write = async (...parts) => {
      const answers = await Promise.all([one, two].map(({ ask }, i) => ask('write', lend.share(parts[i]), 3000)));
      for (const { token } of answers) lend.receive(token).free();
      return answers.map(({ refused }) => refused);
    };
    assert.deepEqual(await write(whole.subarray(0, 1 << 15), whole.subarray(1 << 15)), [0, 0]);
    await write(whole.subarray(0, 40000), whole.subarray(30000));
    assert.equal(lend.stats().borrows, 0, 'none is lost');
    pkg.reverse_u8(whole);
    whole.free();
  });

  it('a buffer goes to a worker and back a thousand times', async () => {
    const before = live();
    let buffer = lend.createMutableBuffer(bytes(1, 2, 3));
    for (let i = 0; i < 1000; i++) buffer = lend.receive(await one.ask('back', lend.share(buffer)));
    buffer.free();
    assert.deepEqual(live(), before);
  });

  it('a listener is called on the thread that has set it', async () => {
    const buffer = lend.createReadOnlyBuffer(bytes(1));
    await one.ask('onRelease', lend.share(buffer));
    await one.ask('free');
    assert.deepEqual(one.events, []);
    buffer.free();
    await until(() => one.events[0] === 'released', 'the listener of the worker was called');
  });

  it('a future that another thread wakes goes on, on its own thread', async () => {
    const passed = pkg.pass_gate();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await two.ask('run', 'open_gate');
    assert.equal(await passed, 7);
  });

  it('what is not Send is dropped on its own thread', async () => {
    for (const [{ ask }, mark] of [[one, 11], [two, 12]]) await ask('run', 'mark_thread', mark);
    pkg.mark_thread(10);
    const bound = new pkg.Bound();
    const bytes = bound.bytes();
    assert.equal(thrown(() => lend.share(bytes)).code, 'ERR_LEND_TYPE');
    pkg.put_on_shelf(bytes);
    bytes.free();
    bound.free();
    const { instances } = lend.stats();
    assert.equal(await two.ask('run', 'clear_shelf'), 1);
    await until(() => lend.stats().instances === instances - 1, 'the instance was dropped');
    assert.equal(pkg.bound_dropped_on(), 10);
  });

  it('a buffer on a shelf of Rust is read and released by any thread', async () => {
    const before = live();
    const buffer = lend.createReadOnlyBuffer(bytes(1, 2, 3));
    pkg.put_on_shelf(buffer);
    buffer.free();
    assert.equal(lend.stats().bytes, before.bytes + 3);
    assert.equal(await one.ask('run', 'clear_shelf'), 1);
    assert.deepEqual(live(), before);
  });
});
