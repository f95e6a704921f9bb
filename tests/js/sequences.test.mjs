// Iterators, streams, and cancelled async functions.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { counts } from './counts.mjs';
import { collectGarbage, load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const now = () => counts(pkg);

  describe(`sequences, ${target}`, () => {
    let before = now();
    let dropped = 0;
    beforeEach(() => {
      before = now();
      dropped = pkg.sequences_dropped();
    });
    afterEach(() => assert.deepEqual(now(), before, 'nothing is left'));

    it('an Iter can be iterated', () => {
      assert.deepEqual([...pkg.iter_squares(5)], [0, 1, 4, 9, 16]);
      assert.deepEqual([...pkg.iter_squares(0)], []);
      assert.deepEqual([...pkg.iter_words('a list of words')], [[0, 'a'], [1, 'list'], [2, 'of'], [3, 'words']]);
      const first = {};
      assert.deepEqual([...pkg.iter_objects(first)], [first, undefined]);
      assert.equal(pkg.iter_maybe(false), undefined);
      for (const buffer of pkg.iter_maybe(true)) buffer.free();
      assert.equal(pkg.sequences_dropped(), dropped + 2);
    });

    it('an Iter has the methods of JavaScript iterators', () => {
      const squares = pkg.iter_squares(4);
      assert.equal(squares[Symbol.iterator](), squares);
      assert.deepEqual(squares.next(), { done: false, value: 0 });
      assert.deepEqual([...squares], [1, 4, 9]);
      assert.deepEqual(squares.next(), { done: true, value: undefined });
      if (typeof squares.map === 'function') assert.deepEqual([...pkg.iter_squares(3).map((x) => x + 1)], [1, 2, 5]);
      const [a, b] = pkg.iter_squares(1_000_000);
      assert.deepEqual([a, b], [0, 1]);
    });

    it('an iterator is dropped when a loop ends early', () => {
      for (const square of pkg.iter_squares(100)) if (square > 10) break;
      assert.equal(pkg.sequences_dropped(), dropped + 1);
      const error = new Error('in the loop');
      assert.equal(thrown(() => { for (const _ of pkg.iter_squares(100)) throw error; }), error);
      assert.equal(pkg.sequences_dropped(), dropped + 2);
      const squares = pkg.iter_squares(3);
      squares.free();
      squares.free();
      assert.deepEqual([...squares], []);
      assert.equal(pkg.sequences_dropped(), dropped + 3);
    });

    it('an iterator is dropped when it is collected', { skip: !globalThis.gc && 'no gc()' }, async () => {
      (() => pkg.iter_squares(5).next())();
      await collectGarbage(() => pkg.sequences_dropped() > dropped);
      assert.equal(pkg.sequences_dropped(), dropped + 1);
    });

    it('a stream can be iterated', async () => {
      const seen = [];
      for await (const tick of pkg.stream_ticks(4, () => Promise.resolve())) seen.push(tick);
      assert.deepEqual(seen, [3, 2, 1, 0]);
      assert.equal(pkg.sequences_dropped(), dropped + 1);
      const ticks = pkg.stream_ticks(3, () => new Promise((resolve) => setTimeout(resolve, 1)));
      const steps = await Promise.all([ticks.next(), ticks.next(), ticks.next(), ticks.next(), ticks.next()]);
      assert.deepEqual(steps.map(({ done, value }) => (done ? 'done' : value)), [2, 1, 0, 'done', 'done']);
    });

    it('a stream is dropped when a loop ends early, even during a step', async () => {
      for await (const tick of pkg.stream_ticks(100, () => Promise.resolve())) if (tick < 98) break;
      assert.equal(pkg.sequences_dropped(), dropped + 1);
      const ticks = pkg.stream_ticks(1, () => new Promise(() => {}));
      const step = ticks.next();
      await null;
      assert.deepEqual(await ticks.return('left'), { done: true, value: 'left' });
      assert.deepEqual(await step, { done: true, value: undefined });
      assert.equal(pkg.sequences_dropped(), dropped + 2);
    });

    it('an AbortSignal cancels an async function', async () => {
      const controller = new AbortController();
      const buffer = lend.alloc(Uint8Array, 4);
      const promise = pkg.wait_abortable(buffer, new Promise(() => {}), controller.signal);
      await new Promise((resolve) => setTimeout(resolve, 1));
      assert.equal(lend.stats().buffers > 0, true);
      const reason = new Error('enough');
      controller.abort(reason);
      await assert.rejects(promise, (error) => error === reason);
      assert.equal(pkg.sequences_dropped(), dropped + 1, 'its arguments are dropped');
      assert.equal(thrown(() => buffer.view).code, 'ERR_LEND_MOVED');
    });

    it('an aborted signal keeps an async function from starting and moves nothing', async () => {
      const buffer = lend.alloc(Uint8Array, 4);
      const reason = { why: 'too late' };
      await assert.rejects(pkg.wait_abortable(buffer, Promise.resolve(), AbortSignal.abort(reason)), (error) => error === reason);
      assert.equal(pkg.sequences_dropped(), dropped);
      assert.equal(buffer.length, 4);
      buffer.free();
    });

    it('an async function that is not cancelled leaves no listener at the signal', async () => {
      const controller = new AbortController();
      let listeners = 0;
      const { signal } = controller;
      const { addEventListener, removeEventListener } = signal;
      signal.addEventListener = (...args) => { listeners += 1; return addEventListener.apply(signal, args); };
      signal.removeEventListener = (...args) => { listeners -= 1; return removeEventListener.apply(signal, args); };
      for (const given of [undefined, signal, signal]) {
        const buffer = await pkg.wait_abortable(lend.alloc(Uint8Array, 4), Promise.resolve(), given);
        assert.equal(buffer.length, 4);
        buffer.free();
      }
      assert.equal(listeners, 0);
      controller.abort();
      await assert.rejects(pkg.wait_abortable(lend.alloc(Uint8Array, 1), Promise.reject(new Error('its own')), undefined), /its own/);
    });

    it('refuses values that are not an AbortSignal', async () => {
      const buffer = lend.alloc(Uint8Array, 1);
      await assert.rejects(pkg.wait_abortable(buffer, Promise.resolve(), {}), {
        code: 'ERR_LEND_TYPE',
        message: 'wait_abortable(): argument `signal: Option<AbortSignal>` takes an AbortSignal; got a plain object',
      });
      buffer.free();
    });
  });
}
