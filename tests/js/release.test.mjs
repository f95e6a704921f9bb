// When memory is released: `free`, `using`, scopes, garbage collection; and which listeners are called.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { collectGarbage, fewHandles, growing, load, loadCopy, TARGETS, thrown, notIn } from './packages.mjs';

/** The reason to skip tests with mocks in Deno. */
const MOCKS = 'its test runner does not restore mocked globals';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const make = (length = 4) => lend.alloc(Uint8Array, length);
  const alive = () => lend.stats().handles;
  const job = () => new Promise((resolve) => setTimeout(resolve));

  describe(`release, ${target}`, () => {
    it('a buffer that is freed in the task that made it is not registered for finalization', { skip: fewHandles || notIn({ deno: MOCKS }) }, async (test) => {
      const register = test.mock.method(FinalizationRegistry.prototype, 'register');
      for (let i = 0; i < 5000; i++) make().free();
      assert.equal(register.mock.callCount(), 0);
      const kept = make();
      await job();
      assert.equal(register.mock.callCount(), 1, 'a buffer that outlives the task is registered');
      kept.free();
      const many = Array.from({ length: 3000 }, () => make());
      assert.ok(register.mock.callCount() > 1, 'the nursery is limited');
      for (const buffer of many) buffer.free();
    });

    it('what was freed is not freed once more when it is collected, though others have its handle', async () => {
      const before = alive();
      const makers = { buffer: make, instance: () => new pkg.Series('made', new Float32Array(2)) };
      for (const [kind, maker] of Object.entries(makers)) {
        // A slot has 1023 handles, one after the other.
        for (let i = 0; i < 1100; i++) {
          const made = maker();
          // It is registered now.
          await null;
          made.free();
        }
        const kept = Array.from({ length: 8 }, maker);
        let isCollected = false;
        const sentinel = new FinalizationRegistry(() => { isCollected = true; });
        sentinel.register({}, 0);
        await collectGarbage(() => isCollected);
        assert.ok(sentinel);
        await job();
        assert.equal(alive(), before + 8, kind);
        for (const each of kept) each.free();
      }
      assert.equal(alive(), before);
    });

    it('what is lent to a callback cannot be registered by what its prototype shows', async () => {
      const symbols = Object.getOwnPropertySymbols(pkg.Element.prototype).filter(({ description }) => description === 'register');
      assert.equal(symbols.length, 1);
      for (let i = 0; i < 20; i++) pkg.lend_mut('x', (/** @type {any} */ element) => element[symbols[0]]());
      const others = Array.from({ length: 30 }, (_, i) => new pkg.Element(`e${i}`));
      let isCollected = false;
      const sentinel = new FinalizationRegistry(() => { isCollected = true; });
      sentinel.register({}, 0);
      await collectGarbage(() => isCollected);
      await job();
      assert.ok(sentinel);
      others.forEach((element, i) => assert.equal(element.name(), `e${i}`));
      for (const element of others) element.free();
    });

    it('a scope frees what was made in it, except what is returned or kept', () => {
      const before = alive();
      let kept;
      const made = [];
      const returned = lend.scope(() => {
        for (let i = 0; i < 10; i++) made.push(make());
        kept = pkg.ones(3).keep();
        made.push(pkg.ones_mut(2), make().subarray(1), lend.createReadOnlyBuffer(new Uint8Array(2)));
        return { deep: [new Map([['buffer', make()]]), new Set([make()])], single: make(), plain: 5 };
      });
      const { deep: [map, set], single } = returned;
      const survivors = [map.get('buffer'), ...set, single, kept];
      assert.ok(survivors.every((buffer) => !buffer.freed && pkg.sum(buffer) >= 0));
      assert.ok(made.every((buffer) => buffer.freed));
      assert.equal(alive(), before + 4);
      for (const buffer of survivors) buffer.free();
      assert.equal(alive(), before);
    });

    it('an outer scope frees what an inner scope returns', () => {
      const before = alive();
      let inner;
      lend.scope(() => {
        inner = lend.scope(() => [make(), make()][1]);
        assert.equal(inner.freed, false);
      });
      assert.equal(inner.freed, true);
      assert.equal(alive(), before);
    });

    it('a scope that throws frees what was made in it', () => {
      const before = alive();
      const error = new Error('of the user');
      assert.equal(thrown(() => lend.scope(() => { make(); throw error; })), error);
      assert.equal(alive(), before);
      make().free();
    });

    it('an async scope frees only its own buffers, at its end', async () => {
      const before = alive();
      let own;
      const other = [];
      const running = lend.scope(async (scope) => {
        const first = make();
        await job();
        // After the `await` only `add` and `run` make buffers of this scope.
        own = [first, scope.add(make()), scope.run(() => make())];
        return { result: scope.run(() => make()) };
      });
      other.push(make());
      const { result } = await running;
      assert.ok(own.every((buffer) => buffer.freed));
      assert.equal(result.freed, false);
      assert.equal(other[0].freed, false);
      result.free();
      other[0].free();
      assert.equal(alive(), before);
      await assert.rejects(lend.scope(async () => { own = make(); throw new Error('of the user'); }), /of the user/);
      assert.equal(own.freed, true);
    });

    it('a scope does not free a buffer that a running call has taken', () => {
      const buffer = lend.alloc(Uint8Array, 1);
      pkg.set_callback(() => lend.scope((scope) => void scope.add(buffer)));
      pkg.take_while(buffer);
      assert.equal(buffer.moved, true);
    });

    it('lend.scope() takes only functions', () => {
      assert.equal(thrown(() => lend.scope(5)).message, 'lend.scope() takes a function; got 5');
      assert.equal(thrown(() => lend.scope((scope) => scope.add({}))).message, 'scope.add() takes a buffer, or an instance of an exported class; got a plain object');
      assert.equal(thrown(() => lend.scope((scope) => scope.run())).message, 'scope.run() takes a function; got undefined');
    });

    it('calls listeners in JavaScript once, after the last reference of both sides is dropped', { skip: notIn({ deno: MOCKS }) }, async () => {
      const called = [];
      const buffer = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3])).onRelease(() => called.push('first'));
      const sub = buffer.subarray(1).onRelease(() => called.push('second'));
      pkg.hold(buffer);
      buffer.free();
      sub.free();
      await job();
      assert.deepEqual(called, [], 'Rust has it still');
      pkg.let_go();
      assert.deepEqual(called, [], 'not during a call');
      await null;
      assert.deepEqual(called, ['first', 'second']);
      const own = make().onRelease(() => called.push('third'));
      own.free();
      assert.equal(called.pop(), 'third', 'free() calls it at once');
      own.free();
      await job();
      assert.equal(called.length, 2, 'once each');
    });

    it('calls listeners in Rust, whichever side drops the last reference', () => {
      const before = pkg.released();
      const buffer = lend.createReadOnlyBuffer(new Uint8Array([1]));
      const same = pkg.watch(pkg.watch(buffer));
      buffer.free();
      assert.equal(pkg.released(), before);
      pkg.hold(same);
      same.free();
      lend.leaks();
      // The result of the inner call is another reference until it is collected.
      assert.equal(pkg.released(), before);
    });

    it('calls listeners of a buffer that was moved, frozen, split or turned into a Vec', async () => {
      const called = [];
      const watched = (name) => make().onRelease(() => called.push(name));
      pkg.address_of_moved(watched('moved'));
      await null;
      watched('frozen').freeze().free();
      pkg.divide(watched('divided'), 2);
      pkg.half().free();
      pkg.half().free();
      assert.deepEqual(called, ['moved', 'frozen', 'divided']);
    });

    it('calls the other listeners if one throws', async (test) => {
      const uncaught = [];
      const listener = (error) => uncaught.push(error.message);
      test.mock.method(globalThis, 'queueMicrotask', (f) => {
        try {
          f();
        } catch (error) {
          listener(error);
        }
      });
      const called = [];
      make().onRelease(() => { throw new Error('in a listener'); }).onRelease(() => called.push('next')).free();
      assert.deepEqual([uncaught, called], [['in a listener'], ['next']]);
      assert.equal(thrown(() => make().onRelease('x')).message, "MutableBuffer.onRelease() takes a function; got the string \"x\"");
    });

    it('a listener may make and free buffers', () => {
      const before = alive();
      let inner;
      make().onRelease(() => { inner = make(); inner.free(); }).free();
      assert.equal(inner.freed, true);
      assert.equal(alive(), before);
    });

    it('onLeak calls its listener for a buffer that garbage collection frees', { skip: growing || notIn({ deno: MOCKS }) }, async (test) => {
      const own = await loadCopy(test, target);
      const leaks = [];
      own.lend.onLeak((leak) => leaks.push(leak));
      (() => void own.lend.alloc(Float32Array, 7))();
      own.lend.alloc(Uint8Array, 1).free();
      await collectGarbage(() => leaks.length > 0);
      assert.deepEqual(leaks, [{ kind: 'MutableBuffer', type: 'Float32Array', length: 7, holders: 1, stack: undefined }]);
      own.lend.onLeak(null);
      assert.equal(own.lend.stats().bytes, 0);
      assert.equal(thrown(() => own.lend.onLeak(5)).message, 'lend.onLeak() takes a function, or null; got 5');
    });
  });

  describe(`accounting, ${target}`, () => {
    it('stats() counts what is alive and what calls borrow', () => {
      const before = lend.stats();
      const buffer = make(100);
      const sub = buffer.subarray(10);
      pkg.set_callback(() => {
        pkg.set_callback(() => {});
        const during = lend.stats();
        assert.equal(during.borrows, before.borrows + 1);
      });
      pkg.shared_while(sub);
      const { handles, buffers, bytes, borrows } = lend.stats();
      assert.deepEqual(
        { handles, buffers, bytes, borrows },
        { handles: before.handles + 2, buffers: before.buffers + 1, bytes: before.bytes + 100, borrows: before.borrows },
      );
      const leak = lend.leaks().find(({ length, type }) => length === 90 && type === 'Uint8Array');
      assert.deepEqual({ kind: leak.kind, holders: leak.holders }, { kind: 'MutableBuffer', holders: 2 });
      sub.free();
      buffer.free();
    });

    it('setLimit() limits allocations, and the instance goes on at the limit', () => {
      const held = lend.createReadOnlyBuffer(new Uint8Array(1000).fill(1));
      lend.setLimit(lend.stats().bytes + 5000);
      try {
        assert.equal(thrown(() => make(5001)).message, 'lend.alloc(): no memory for 5001 elements of Uint8Array (5001 bytes)');
        assert.equal(thrown(() => pkg.try_zeroed(6000)).code, 'ERR_LEND_OOM');
        assert.equal(thrown(() => pkg.try_zeroed(6000)).message, 'no memory for 6000 bytes');
        assert.equal(thrown(() => lend.createReadOnlyBuffer(new Float64Array(1000))).code, 'ERR_LEND_OOM');
        assert.equal(thrown(() => pkg.hold(new Uint8Array(6000))).code, 'ERR_LEND_OOM');
        assert.equal(thrown(() => pkg.sum(new Uint8Array(1 << 20))).code, 'ERR_LEND_OOM');
        make(5000).free();
        pkg.try_zeroed(5000).free();
        assert.equal(pkg.sum(held), 1000 % 256);
      } finally {
        lend.setLimit(Infinity);
      }
      make(6000).free();
      held.free();
      assert.equal(lend.stats().limit, Infinity);
      assert.equal(thrown(() => lend.setLimit(-1)).message, 'lend.setLimit() takes a whole number of bytes, or Infinity; got -1');
    });
  });
}
