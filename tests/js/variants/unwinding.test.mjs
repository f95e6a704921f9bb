// Unwinding panics: the call and its borrows end, and the instance goes on.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, loadCopy, thrown } from '../packages.mjs';

for (const target of ['web', 'nodejs']) {
  const pkg = await load(target);
  const { lend } = pkg;

  describe(`unwinding panics, ${target}`, () => {
    it('throw an error with the message and the place, and the instance goes on', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
      for (let i = 0; i < 3; i++) {
        const error = thrown(() => pkg.panic_at(buffer, 7));
        assert.ok(error instanceof pkg.LendError);
        assert.equal(error.code, 'ERR_LEND_PANIC');
        assert.match(error.message, /^Rust panicked at tests\/e2e\/src\/hostile\.rs:\d+:\d+:\nindex out of bounds: the len is 3 but the index is 7$/);
        assert.equal(pkg.panic_at(buffer, 1), 2);
      }
      assert.equal(lend.stats().borrows, 0);
      pkg.scale(lend.createMutableBuffer(new Float32Array(1)), 2);
    });

    it('do so in functions of numbers, strings and values', () => {
      assert.equal(thrown(() => pkg.panic_of_numbers(5)).code, 'ERR_LEND_PANIC');
      assert.equal(pkg.panic_of_numbers(1), 2);
    });

    it('end borrows and drop what the function owned', () => {
      const before = lend.stats();
      const [written, owned] = [lend.alloc(Uint8Array, 4), lend.alloc(Uint8Array, 100)];
      assert.equal(thrown(() => pkg.model.panic(written, owned)).code, 'ERR_LEND_PANIC');
      assert.equal(owned.moved, true);
      assert.deepEqual(written.toArray(), [0xee, 0xee, 0xee, 0xee]);
      const after = lend.stats();
      assert.deepEqual({ bytes: after.bytes, borrows: after.borrows }, { bytes: before.bytes + 4, borrows: 0 });
      written.free();
    });

    it('do not use up the stack, however many there are', () => {
      const buffer = lend.createReadOnlyBuffer(new Uint8Array(1));
      for (let i = 0; i < 20_000; i++) thrown(() => pkg.panic_at(buffer, 7));
      for (let i = 0; i < 20_000; i++) thrown(() => pkg.panic_of_numbers(7));
      assert.equal(pkg.panic_at(buffer, 0), 0);
    });

    it('call the other Rust listeners if one panics', () => {
      const before = pkg.released();
      const called = [];
      const buffer = lend.createReadOnlyBuffer(new Uint8Array(1)).onRelease(() => called.push('JavaScript'));
      const same = [pkg.watch_and_panic(buffer), pkg.watch(buffer)];
      for (const each of same) each.free();
      let panic = null;
      try {
        buffer.free();
      } catch (error) {
        panic = error;
      }
      assert.equal(pkg.released(), before + 1);
      lend.alloc(Uint8Array, 1).free();
      assert.deepEqual(called, ['JavaScript']);
      assert.ok(panic === null || panic instanceof Error);
      assert.equal(lend.stats().borrows, 0);
    });

    it('an exception through Rust ends the instance, unless Rust catches it', async (test) => {
      const copy = await loadCopy(test, target);
      const error = new Error('of JavaScript');
      const throws = () => { throw error; };
      const buffer = copy.lend.createReadOnlyBuffer(new Uint8Array(4));
      assert.equal(thrown(() => copy.anywhere_shared.callback(buffer, throws)), error);
      assert.equal(copy.lend.stats().borrows, 0);
      globalThis.foreignCode = throws;
      for (const [code, cause] of [['ERR_LEND_PANIC', error], ['ERR_LEND_POISONED', undefined]]) {
        const ended = thrown(() => copy.anywhere_shared.import(buffer));
        assert.equal(ended.code, code);
        assert.match(ended.message, /an exception went through Rust, in a build whose panics unwind: import the function that threw it with `#\[wasm_bindgen\(catch\)\]`$/);
        if (cause !== undefined) assert.equal(ended.cause, cause);
      }
    });
  });
}
