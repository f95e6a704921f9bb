// JavaScript functions that Rust calls, and Rust closures that JavaScript calls.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { counts } from './counts.mjs';
import { collectGarbage, load, refused, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const now = () => counts(pkg);

  describe(`callbacks, ${target}`, () => {
    let before = now();
    beforeEach(() => {
      before = now();
    });
    afterEach(() => assert.deepEqual(now(), before, 'nothing is left'));

    it('take and return every kind of value', () => {
      assert.equal(pkg.call_number((x) => x * 2, 1.25), 2.5);
      assert.ok(Number.isNaN(pkg.call_number(() => NaN, 1)), 'NaN is a result like any other');
      assert.equal(pkg.call_byte(() => 255), 255);
      assert.equal(pkg.call_texts((a, b, c) => `${a} ${b} ${c}`, 'grüße 🦀'), 'grüße 🦀 GRÜSSE 🦀 true');
      const long = 'x'.repeat(100_000);
      assert.equal(pkg.call_texts((a) => a + a, long).length, 200_000);
      assert.deepEqual(pkg.call_wide((a, b) => { assert.deepEqual([a, b], [2n ** 64n - 1n, -(2n ** 127n)]); return 7n; }), 7n);
      assert.equal(pkg.call_wide(() => undefined), undefined);
      const object = {};
      assert.equal(pkg.call_object((a, b) => { assert.ok(a === object && b === object); return b; }, object), object);
      assert.deepEqual(pkg.call_many((...args) => { assert.deepEqual(args, [1, -2, 3, -4, 5, -6]); return args.length; }), 6);
      assert.equal(pkg.call_maybe(undefined), undefined);
      assert.equal(pkg.call_maybe((x) => x + 1), 2);
      let self = 'not called';
      pkg.call_nothing(function f() { 'use strict'; self = this; return 'ignored'; });
      assert.equal(self, undefined);
    });

    it('must be functions', () => {
      refused(() => pkg.call_number(5, 1), 'ERR_LEND_TYPE', "call_number(): argument `f: Callback<'_, (f64,), f64>` takes a function; got 5");
      refused(() => pkg.call_maybe('f'), 'ERR_LEND_TYPE',
        "call_maybe(): argument `f: Option<Callback<'_, (f64,), f64>>` takes a function, or undefined; got the string \"f\"");
    });

    it('are refused if the result has another type', () => {
      const place = "call_byte(): argument `f: Callback<'_, (), u8>`";
      refused(() => pkg.call_byte(() => 'x'), 'ERR_LEND_TYPE', `${place}: its result has to be a number; got the string "x"`);
      refused(() => pkg.call_byte(() => 300), 'ERR_LEND_RANGE', `${place}: its result: takes a whole number from 0 to 255; got 300`);
      refused(() => pkg.call_texts(() => 5, ''), 'ERR_LEND_TYPE',
        "call_texts(): argument `f: Callback<'_, (&str, String, bool), String>`: its result has to be a string; got 5");
      refused(() => pkg.call_wide(() => 5), 'ERR_LEND_TYPE',
        "call_wide(): argument `f: Callback<'_, (u64, i128), Option<u64>>`: its result: takes a BigInt from 0n to 18446744073709551615n; got 5");
    });

    it('throw the same object through Rust', () => {
      for (const value of [new TypeError('mine'), { not: 'an error' }, 'a string', undefined, null, 0, NaN, Symbol('s')]) {
        const throws = () => { throw value; };
        for (const [call, second] of [[pkg.call_number, 1], [pkg.call_nothing], [pkg.call_texts, 'text'], [pkg.call_object, {}], [pkg.call_rows, 2]]) {
          assert.ok(Object.is(thrown(() => call(throws, second)), value));
        }
      }
      assert.equal(pkg.call_caught(() => { throw new RangeError('out'); }), 'RangeError: out');
      assert.equal(pkg.call_caught(() => { throw Object.create(null); }), 'a plain object');
      assert.equal(pkg.call_caught(() => {}), 'nothing was thrown');
    });

    it('may throw without ending the instance', () => {
      for (let i = 0; i < 1000; i++) thrown(() => pkg.call_number(() => { throw i; }, 1));
      assert.equal(pkg.call_number((x) => x, 3), 3);
    });

    it('get temporary buffers over rows of Rust memory, without a copy', () => {
      const { copiedBytes } = lend.stats();
      const kept = [];
      const sum = pkg.call_rows((row, index) => {
        assert.ok(row instanceof pkg.ReadOnlyBuffer);
        assert.equal(row.length, 4);
        kept.push(row);
        return row.view.reduce((a, b) => a + b) + index;
      }, 3);
      assert.equal(sum, 66 + 3);
      assert.equal(lend.stats().copiedBytes, copiedBytes);
      for (const row of kept) {
        refused(() => row.view, 'ERR_LEND_RELEASED', 'ReadOnlyBuffer.view: the buffer was lent to a callback, which has returned');
        assert.equal(String(row), 'a formerly lent ReadOnlyBuffer<Float32Array>');
      }
      refused(() => pkg.sum(kept[0]), 'ERR_LEND_RELEASED',
        'sum(): argument `values: &[u8]`: the buffer was lent to a callback, which has returned');
    });

    it('may write to a temporary buffer and pass it to other calls', () => {
      const bytes = pkg.call_fill((buffer) => {
        buffer.view.set([1, 2, 3]);
        assert.equal(pkg.sum(buffer), 6);
        pkg.lent_add(buffer, 10);
      }, 4);
      assert.deepEqual([...bytes], [11, 12, 13, 10]);
      const error = new Error('half way');
      let buffer;
      assert.equal(thrown(() => pkg.call_fill((lent) => { buffer = lent; throw error; }, 4)), error);
      assert.equal(thrown(() => buffer.view).code, 'ERR_LEND_RELEASED');
    });

    it('get temporary buffers that end with the call: nothing can retain, take or divide them', () => {
      pkg.call_fill((buffer) => {
        const lent = (member) => `MutableBuffer.${member}: the buffer is lent to a callback, until that returns; copy what you need`;
        for (const member of ['subarray', 'freeze', 'free', 'keep', 'as', 'reshape', 'onRelease']) {
          refused(() => buffer[member](), 'ERR_LEND_BORROWED', lent(`${member}()`));
        }
        const { message, code } = thrown(() => pkg.own(buffer));
        assert.equal(code, 'ERR_LEND_BORROWED', message);
        assert.match(message, /the buffer is lent to a callback, until that returns, and Rust cannot keep it$/);
      }, 4);
      pkg.call_rows((row) => {
        const { message, code } = thrown(() => pkg.lent_hold(row));
        assert.equal(code, 'ERR_LEND_BORROWED', message);
        return 0;
      }, 1);
    });

    it('may be stored as a Function and are released when Rust drops it', () => {
      let factor = 2;
      pkg.callback_keep((x) => x * factor);
      assert.equal(lend.stats().objects, before.objects + 1);
      assert.equal(pkg.callback_kept(5), 10);
      factor = 3;
      assert.equal(pkg.callback_kept(5), 15);
      // Another function takes its place while it runs.
      pkg.callback_keep((x) => { pkg.callback_keep((y) => y + 100); return x; });
      assert.equal(pkg.callback_kept(1), 1);
      assert.equal(pkg.callback_kept(1), 101);
      pkg.callback_let_go();
    });
  });

  describe(`Rust closures, ${target}`, () => {
    it('run, convert their arguments and results, and can be freed', () => {
      const before = now();
      const double = pkg.closure_multiply(2);
      const triple = pkg.closure_multiply(3);
      assert.equal(lend.stats().closures, before.closures + 2);
      assert.deepEqual([1, 2, 3].map((x) => triple(double(x))), [6, 12, 18]);
      refused(() => double('2'), 'ERR_LEND_TYPE', 'a closure of Rust: argument 0 takes a number; got the string "2"');
      refused(() => double(), 'ERR_LEND_TYPE', 'a closure of Rust: argument 0 takes a number; got undefined');
      assert.equal(double(1, 'more', {}), 2, 'further arguments are ignored');
      double.free();
      double.free();
      refused(() => double(1), 'ERR_LEND_RELEASED', 'a closure of Rust: it was freed, or dropped by Rust');
      assert.equal(triple(1), 3);
      triple[Symbol.dispose]?.();
      triple.free();
      assert.deepEqual(now(), before);
    });

    it('keep state, and a mutable closure refuses to run within itself', () => {
      const before = now();
      const count = pkg.closure_counter();
      assert.deepEqual([count(), count(10), count()], [1, 11, 12]);
      refused(() => count(1, () => count()), 'ERR_LEND_BORROWED',
        'a closure of Rust: it is running, and cannot be called again before it has returned');
      assert.equal(count(), 14, 'it can be called again');
      const error = new Error('from inside');
      assert.equal(thrown(() => count(1, () => { throw error; })), error);
      count(0, () => count.free());
      refused(() => count(), 'ERR_LEND_RELEASED', 'a closure of Rust: it was freed, or dropped by Rust');
      assert.deepEqual(now(), before);
    });

    it('run only once if they are FnOnce', () => {
      const before = now();
      const once = pkg.closure_once('text');
      assert.equal(once(), 'text');
      refused(() => once(), 'ERR_LEND_RELEASED', 'a closure of Rust: it could be called once, and has been');
      once.free();
      assert.deepEqual(now(), before);
    });

    it('end when Rust drops them', () => {
      const before = now();
      const f = pkg.closure_kept();
      assert.equal(f('ab', 2), 'abab');
      assert.equal(thrown(() => f('ab', 0)), 'zero');
      refused(() => f('ab', 300), 'ERR_LEND_RANGE', 'a closure of Rust: argument 1 takes a whole number from 0 to 255; got 300');
      pkg.closure_let_go();
      refused(() => f('ab', 2), 'ERR_LEND_RELEASED', 'a closure of Rust: it was freed, or dropped by Rust');
      assert.deepEqual(now(), before);
    });

    it('are freed when their function is collected', { skip: !globalThis.gc && 'no gc()' }, async () => {
      const before = now();
      (() => { for (let i = 0; i < 100; i++) pkg.closure_multiply(i)(2); })();
      assert.equal(lend.stats().closures, before.closures + 100);
      await collectGarbage(() => lend.stats().closures === before.closures);
      assert.deepEqual(now(), before);
    });
  });
}
