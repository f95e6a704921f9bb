// Bugs that let a plain program damage memory or an outer call. Each of these was found in practice and is fixed. `anywhere.test.mjs` tests
// such cases systematically.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { counts } from './counts.mjs';
import { collectGarbage, growing, load, TARGETS, notIn } from './packages.mjs';

/** @param {() => unknown} call @returns {any} The error that it throws. */
function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Sets what foreign code does, until the next test. @param {() => void} f */
const foreign = (f) => void (globalThis.foreignCode = f);

/** @param {() => void} f @returns {unknown[]} The errors that were reported while it ran. */
function reported(f) {
  const { reportError } = globalThis;
  const errors = [];
  globalThis.reportError = (error) => void errors.push(error);
  try {
    f();
  } finally {
    globalThis.reportError = reportError;
  }
  return errors;
}

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, Held } = pkg;
  const bytes = (length = 16, value = 1) => lend.createMutableBuffer(new Uint8Array(length).fill(value));
  const counted = () => counts(pkg);

  describe(`trust, ${target}`, () => {
    it('a drop that throws at the end of an inner call does not end a borrow of the outer call', () => {
      const outer = bytes(100_000);
      const before = counted();
      const error = new Error('thrown by a drop');
      foreign(() => { throw error; });
      const errors = reported(() => {
        const total = pkg.anywhere_shared.callback(outer, () => {
          const held = Held.acting();
          assert.equal(held.second_shared(outer), 100_010);
          pkg.anywhere_class_ref.callback(held, () => held.free());
          assert.equal(lend.stats().borrows, 1);
          assert.equal(thrownBy(() => pkg.anywhere_exclusive.look(outer))?.code, 'ERR_LEND_BORROWED');
        });
        assert.equal(total, 100_000);
      });
      assert.deepEqual(errors, [error]);
      assert.deepEqual(counted(), before);
      outer.free();
    });

    it('calls from a drop at the end of a call do not change the result of the call', () => {
      let inner;
      foreign(() => { inner = [pkg.ones_copied(9000).length, pkg.text_beside(new Uint8Array(1), 9000).length]; });
      const held = Held.acting();
      assert.equal(pkg.anywhere_class_ref.callback(held, () => held.free()), 10);
      assert.deepEqual(inner, [9000, 9000]);
      const owned = pkg.anywhere.owned();
      inner = undefined;
      assert.equal(pkg.anywhere_keep.callback(owned, () => owned.free()), 10);
      assert.deepEqual(inner, [9000, 9000]);
    });

    it('an error of an inner call that passes through the outer call leaves nothing borrowed', () => {
      const buffer = bytes();
      const freed = Held.quiet();
      freed.free();
      foreign(() => { freed.total(); });
      assert.equal(thrownBy(() => pkg.anywhere_exclusive.import(buffer)).code, 'ERR_LEND_RELEASED');
      assert.equal(lend.stats().borrows, 0);
      assert.equal(pkg.anywhere_exclusive.look(buffer), 32);
      buffer.free();
    });

    it('an exception through a call leaves no instance borrowed', () => {
      const held = Held.quiet();
      const error = new Error('of an import');
      foreign(() => { throw error; });
      for (const kind of ['class_ref', 'class_mut']) {
        assert.equal(thrownBy(() => pkg[`anywhere_${kind}`].import(held)), error);
        assert.equal(lend.stats().borrows, 0);
      }
      const before = lend.stats().instances;
      held.free();
      assert.equal(lend.stats().instances, before - 1);
    });

    it('view of a buffer cannot be used from the moment a call takes the buffer', () => {
      for (const length of [64, 100_000]) {
        const seen = bytes(length);
        const { view } = seen;
        assert.equal(view.length, length);
        for (const buffer of [seen, bytes(length)]) {
          const error = thrownBy(() => pkg.dropped_before(buffer, () => { buffer.view.fill(99); }));
          assert.deepEqual([error.code, buffer.moved], ['ERR_LEND_MOVED', true]);
        }
      }
    });

    it('a refused call gives back the buffer that it would have taken, with the same view', () => {
      const buffer = bytes();
      const { view } = buffer;
      assert.equal(thrownBy(() => pkg.anywhere_take.convert(buffer, [1])).code, 'ERR_LEND_TYPE');
      assert.deepEqual([buffer.moved, buffer.length], [false, 16]);
      if (!growing) assert.equal(buffer.view, view);
      buffer.free();
    });

    it('a slice that Rust sets as a property ends with that operation', () => {
      let kept;
      const object = {
        set x(buffer) {
          assert.equal(buffer.view.length, 64);
          kept = buffer;
        },
      };
      assert.equal(pkg.set_slices(object), 9);
      for (const buffer of [kept, object[0]]) assert.equal(thrownBy(() => buffer.view).code, 'ERR_LEND_RELEASED');
    });

    it('a buffer can move to Rust and back any number of times while a sub-buffer is held', () => {
      const before = counted();
      let buffer = bytes(4, 3);
      const sub = buffer.subarray(0, 2);
      for (let i = 0; i < 5000; i++) {
        pkg.own(buffer);
        buffer = pkg.disown();
      }
      assert.deepEqual([[...buffer.view], [...sub.view]], [[3, 3, 3, 3], [3, 3]]);
      sub.free();
      buffer.free();
      assert.deepEqual(counted(), before);
    });

    it('a view keeps the memory of its buffer after the buffer is collected', { skip: notIn({ bun: 'JavaScriptCore decides itself when to collect, and keeps all that the stack may point to' }) }, async () => {
      const before = lend.stats().buffers;
      const makers = {
        view: () => bytes(1000, 5).view,
        frozen: () => {
          const buffer = bytes(1000, 5);
          const { view } = buffer;
          buffer.freeze();
          return view;
        },
        bytes: () => pkg.make_particles(30).view.bytes,
        column: () => pkg.make_particles(30).view.column('x').array,
      };
      for (const [name, make] of Object.entries(makers)) {
        let kept = make();
        // Another buffer is collected in the meantime, so that there is something to wait for.
        (() => void bytes(1000).view)();
        await collectGarbage(() => lend.stats().buffers === before + 1);
        assert.equal(lend.stats().buffers, before + 1, name);
        const others = Array.from({ length: 50 }, () => lend.alloc(Uint8Array, kept.byteLength));
        if (kept.length !== 0) kept.fill(7);
        for (const other of others) assert.equal(pkg.sum(other), 0, name);
        others.forEach((other) => other.free());
        kept = null;
        await collectGarbage(() => lend.stats().buffers === before);
        assert.equal(lend.stats().buffers, before, name);
      }
    });

    it('a reportError() that throws does not end a borrow of another call', { skip: notIn({ bun: 'its test runner counts an error outside of tests as a failed test' }) }, async () => {
      const outer = bytes();
      const error = new Error('thrown by a drop');
      foreign(() => { throw error; });
      const { reportError } = globalThis;
      const uncaught = [];
      const catcher = (thrown) => void uncaught.push(thrown);
      const listeners = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.on('uncaughtException', catcher);
      globalThis.reportError = (thrown) => { throw thrown; };
      try {
        pkg.anywhere_shared.callback(outer, () => {
          const owned = pkg.anywhere.owned();
          assert.equal(pkg.anywhere_shared.callback(owned, () => owned.free()), 10);
          assert.equal(lend.stats().borrows, 1);
        });
        while (uncaught.length === 0) await new Promise((resolve) => setImmediate(resolve));
        assert.deepEqual(uncaught, [error]);
      } finally {
        globalThis.reportError = reportError;
        process.off('uncaughtException', catcher);
        for (const listener of listeners) process.on('uncaughtException', listener);
      }
      assert.equal(lend.stats().borrows, 0);
      outer.free();
    });

    it('listeners of the memory that a call takes or releases run after the call', () => {
      const before = counted();
      const error = new Error('thrown by a listener');
      foreign(() => { throw error; });
      // The buffer for a plain array is released when the call ends.
      let length;
      assert.deepEqual(reported(() => { length = pkg.anywhere.listened_argument(new Uint8Array(4)); }), [error]);
      assert.equal(length, 4);
      // The first argument is released before the second one has been moved.
      const [one, other] = [pkg.anywhere.listened_vec(), bytes(3)];
      assert.deepEqual(reported(() => { length = pkg.anywhere.take_both(one, other); }), [error]);
      assert.deepEqual([length, one.moved, other.moved], [7, true, true]);
      assert.deepEqual(counted(), before);
    });

    it('a getter of a later argument cannot exchange the buffer of an earlier one', () => {
      const before = counted();
      const first = bytes(64);
      let taker;
      const trap = new Proxy(new Uint8Array(64).fill(1), {
        get(target, name) {
          if (name === '$lent') {
            first.free();
            taker = bytes(64);
          }
          const value = Reflect.get(target, name, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const error = thrownBy(() => pkg.compare(first, trap));
      assert.deepEqual([error?.code, lend.stats().borrows], ['ERR_LEND_RELEASED', 0]);
      taker.free();
      assert.deepEqual(counted(), before);
    });

    it('a getter cannot free an instance after a call has read its handle', () => {
      const { Series } = pkg;
      const before = counted();
      const series = new Series('first', new Float32Array(1));
      let other;
      // The shim asks this argument for a handle. The instance's handle is read after that.
      const trap = { get $lent() {
        series.free();
        // The error reads it once more.
        other ??= new Series('second', new Float32Array(1));
        return undefined;
      } };
      const error = thrownBy(() => series.into_samples_beside(trap));
      assert.match(error?.code, /^ERR_LEND_(RELEASED|TYPE)$/);
      assert.equal(other.title(), 'second', 'the new instance is still there');
      other.free();
      assert.deepEqual(counted(), before);
    });

    it('one instance twice, one of them to be changed, is refused', () => {
      const { Series } = pkg;
      const before = counted();
      const series = new Series('one', new Float32Array(1));
      assert.equal(thrownBy(() => series.add(series))?.code, 'ERR_LEND_ALIASED');
      assert.equal(thrownBy(() => series.swap(series))?.code, 'ERR_LEND_ALIASED');
      assert.deepEqual([lend.stats().borrows, pkg.series_length(series)], [0, 1]);
      series.free();
      assert.deepEqual(counted(), before);
    });

    it('a small array keeps its elements while calls within the call pass small arrays', () => {
      const seen = [];
      pkg.set_callback(() => {
        pkg.set_callback(() => {});
        for (let round = 0; round < 3; round++) seen.push(pkg.sum(new Uint8Array([100 + round])));
        const written = new Uint8Array([7]);
        pkg.exclusive_while(written);
        seen.push(written[0]);
      });
      assert.equal(pkg.shared_while(new Uint8Array([3])), 6, 'as it was before and after');
      assert.deepEqual(seen, [100, 101, 102, 9]);
      // Elements of other types and lengths take its place after the call.
      assert.equal(pkg.sum(new Uint8Array(1024).fill(1)), 0);
      assert.equal(pkg.sum(new Uint8Array(1025).fill(1)), 1);
      assert.equal(pkg.determinant(new Float32Array([2, 0, 0, 2])), 4);
      assert.equal(pkg.sum(new Uint8Array([5])), 5);
      assert.equal(lend.stats().borrows, 0);
    });

    it('a scope frees everything even if drops of its buffers throw', () => {
      const before = counted();
      const error = new Error('thrown by a drop');
      foreign(() => { throw error; });
      const thrown = thrownBy(() => lend.scope(() => {
        pkg.anywhere.owned();
        bytes();
        pkg.anywhere.owned();
      }));
      assert.equal(thrown, error);
      assert.deepEqual(counted(), before);
    });

    it('the prototypes of the classes of buffers cannot be changed', () => {
      for (const buffer of [bytes(), lend.createReadOnlyBuffer(new Uint8Array(1))]) {
        for (let Class = buffer.constructor; Class !== Function.prototype && Class.name !== 'Held'; Class = Object.getPrototypeOf(Class)) {
          assert.equal(thrownBy(() => Object.setPrototypeOf(Class, class { constructor() { return {}; } }))?.name, 'TypeError', Class.name);
        }
        buffer.free();
      }
    });
  });
}
