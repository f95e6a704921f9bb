// What plain programs could once do to memory, or to a call around them, and cannot any more. Each was seen by somebody; the kinds are
// in `anywhere.test.mjs`, point by point.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { collectGarbage, load, TARGETS } from './packages.mjs';

/** @param {() => unknown} call @returns {any} What it throws. */
function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** What foreign code does, until the next test. @param {() => void} f */
const foreign = (f) => void (globalThis.foreignCode = f);

/** @param {() => void} f @returns {unknown[]} What was thrown to nobody meanwhile. */
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
  const counted = () => (({ handles, buffers, bytes, borrows, instances }) => ({ handles, buffers, bytes, borrows, instances }))(lend.stats());

  describe(`trust, ${target}`, () => {
    it('ends no borrow of an outer call when a drop throws at the end of an inner one', () => {
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

    it('keeps the result of a call whatever a drop calls after it', () => {
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

    it('leaves nothing borrowed for an error that another call has made', () => {
      const buffer = bytes();
      const freed = Held.quiet();
      freed.free();
      foreign(() => { freed.total(); });
      assert.equal(thrownBy(() => pkg.anywhere_exclusive.import(buffer)).code, 'ERR_LEND_RELEASED');
      assert.equal(lend.stats().borrows, 0);
      assert.equal(pkg.anywhere_exclusive.look(buffer), 32);
      buffer.free();
    });

    it('leaves no instance borrowed that an exception has gone through', () => {
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

    it('has the view of a buffer end when a call takes the buffer', () => {
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

    it('gives a buffer back, with its view, that a refused call was to take', () => {
      const buffer = bytes();
      const { view } = buffer;
      assert.equal(thrownBy(() => pkg.anywhere_take.convert(buffer, [1])).code, 'ERR_LEND_TYPE');
      assert.deepEqual([buffer.moved, buffer.length], [false, 16]);
      assert.equal(buffer.view, view);
      buffer.free();
    });

    it('ends a slice that was set as a property', () => {
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

    it('keeps the memory of a view whose buffer is collected', async () => {
      const before = lend.stats().buffers;
      const length = 1000;
      let view = (() => bytes(length, 5).view)();
      await collectGarbage(() => lend.stats().buffers === before);
      assert.equal(lend.stats().buffers, before + 1);
      const others = Array.from({ length: 50 }, () => lend.alloc(Uint8Array, length));
      if (view.length !== 0) view.fill(7);
      for (const other of others) assert.equal(pkg.sum(other), 0);
      others.forEach((other) => other.free());
      view = null;
      await collectGarbage(() => lend.stats().buffers === before);
      assert.equal(lend.stats().buffers, before);
    });

    it('never runs out of handles for a buffer that goes there and back, a part of it held', () => {
      const before = counted();
      let buffer = bytes(4, 3);
      const part = buffer.subarray(0, 2);
      for (let i = 0; i < 5000; i++) {
        pkg.own(buffer);
        buffer = pkg.disown();
      }
      assert.deepEqual([[...buffer.view], [...part.view]], [[3, 3, 3, 3], [3, 3]]);
      part.free();
      buffer.free();
      assert.deepEqual(counted(), before);
    });
  });
}
