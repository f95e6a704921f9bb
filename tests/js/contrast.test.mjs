// Differences from `#[wasm_bindgen]`. Each test passes the same input to both.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { directory, load, loadCopy, shared, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const code = (call) => thrown(call).code;

  describe(`beside wasm-bindgen, ${target}`, () => {
    it('an object or an ArrayBuffer for &[u8]: wasm-bindgen makes an empty slice, wasm-lend refuses the one and reads the other', () => {
      for (const value of [{}, new ArrayBuffer(3)]) assert.equal(pkg.bindgen_count_bytes(value), 0);
      const { code, message } = thrown(() => pkg.count_bytes({}));
      assert.equal(code, 'ERR_LEND_TYPE');
      assert.ok(message.startsWith('count_bytes(): argument `bytes: &[u8]` takes '), message);
      assert.equal(pkg.count_bytes(new ArrayBuffer(3)), 3);
    });

    it('numbers out of range or of another width for &[u8]: wasm-bindgen cuts them off, wasm-lend refuses them', () => {
      assert.equal(pkg.bindgen_first_byte([300]), 44);
      assert.equal(code(() => pkg.first_byte([300])), 'ERR_LEND_RANGE');
      assert.equal(pkg.bindgen_first_byte(new Uint16Array([300])), 44);
      assert.equal(code(() => pkg.first_byte(new Uint16Array([300]))), 'ERR_LEND_TYPE');
    });

    it('300 for a u8, 1.5 for an i32, NaN: wasm-bindgen wraps, wasm-lend refuses', () => {
      assert.equal(pkg.bindgen_whole_u8(300), 44);
      assert.equal(code(() => pkg.whole_u8(300)), 'ERR_LEND_RANGE');
      assert.equal(pkg.bindgen_whole_i32(1.5), 1);
      assert.equal(code(() => pkg.whole_i32(1.5)), 'ERR_LEND_RANGE');
      assert.equal(pkg.bindgen_whole_i32(NaN), 0);
      assert.equal(code(() => pkg.whole_i32(NaN)), 'ERR_LEND_RANGE');
    });

    it('a number for &str: wasm-bindgen traps or throws an internal error, wasm-lend names the argument', async (test) => {
      // In a copy of the package, because a trap may leave anything behind.
      const copy = await loadCopy(test, target);
      const theirs = thrown(() => copy.bindgen_measure_text(5));
      assert.ok(!/measure_text/.test(theirs.message), theirs.message);
      const { code, message } = thrown(() => pkg.measure_text(5));
      assert.equal(code, 'ERR_LEND_TYPE');
      assert.equal(message, 'measure_text(): argument `text: &str` takes a string; got 5');
    });

    it('the same array as two &mut [u8]: wasm-bindgen loses the writes of one, wasm-lend refuses', () => {
      const bytes = new Uint8Array(2);
      pkg.bindgen_fill_two(bytes, bytes);
      assert.notDeepEqual([...bytes], [1, 2], 'one of the two writes is lost');
      assert.equal(code(() => pkg.fill_two(bytes, bytes)), 'ERR_LEND_ALIASED');
      const buffer = lend.alloc(Uint8Array, 2);
      assert.equal(code(() => pkg.fill_two(buffer, buffer)), 'ERR_LEND_ALIASED');
      buffer.free();
    });

    it('a plain Array for &mut [u8]: wasm-bindgen fails after the function has run, wasm-lend before', () => {
      const before = pkg.times_filled();
      const theirs = thrown(() => pkg.bindgen_fill_counted([1, 2]));
      assert.ok(theirs instanceof Error);
      assert.equal(pkg.times_filled(), before + 1, 'the function has run');
      assert.equal(code(() => pkg.fill_counted([1, 2])), 'ERR_LEND_TYPE');
      assert.equal(pkg.times_filled(), before + 1, 'the function has not run');
    });

    it('a bad second argument: wasm-bindgen loses the first one, wasm-lend moves nothing', () => {
      const counter = new pkg.Counter(1);
      thrown(() => pkg.bindgen_consume_two(counter, {}));
      assert.throws(() => counter.count(), 'the instance is lost');
      const buffer = lend.alloc(Uint8Array, 3);
      assert.equal(code(() => pkg.consume_two(buffer, {})), 'ERR_LEND_TYPE');
      assert.equal(buffer.moved, false);
      assert.equal(pkg.consume_two(buffer, new Date()), 3);
      assert.equal(buffer.moved, true);
    });

    it('a bad second argument beside an instance: wasm-bindgen loses the instance, wasm-lend moves nothing', () => {
      const theirs = new pkg.BindgenSeries(2);
      assert.ok(thrown(() => pkg.bindgen_two(theirs, undefined)) instanceof Error);
      assert.throws(() => theirs.length(), 'the instance is lost');
      const ours = pkg.Series.zeros(2);
      assert.equal(code(() => pkg.series_two(ours, {})), 'ERR_LEND_TYPE');
      assert.equal(ours.length, 2);
      ours.free();
    });

    it('free() while a call borrows an instance: wasm-bindgen throws and loses it, wasm-lend defers free()', () => {
      const theirs = new pkg.BindgenSeries(2);
      const error = thrown(() => theirs.each_mut(() => { theirs.free(); return 1; }));
      assert.match(error.message, /attempted to take ownership of Rust value while it was borrowed/);
      assert.throws(() => theirs.length(), 'it is lost and never dropped');
      const ours = pkg.Series.zeros(2);
      const dropped = pkg.series_dropped();
      ours.each_mut(() => { ours.free(); return 1; });
      assert.equal(pkg.series_dropped(), dropped + 1, 'it is dropped after the call');
    });

    it('moving an instance while a call borrows it: wasm-bindgen throws and loses it, wasm-lend refuses', () => {
      const theirs = new pkg.BindgenSeries(1);
      thrown(() => theirs.each_mut(() => theirs.consume()));
      assert.throws(() => theirs.length());
      const ours = pkg.Series.zeros(1);
      assert.equal(code(() => ours.each_mut(() => ours.into_samples())), 'ERR_LEND_BORROWED');
      assert.equal(ours.length, 1);
      ours.free();
    });

    it('a freed or moved instance: wasm-bindgen throws "null pointer passed to rust", wasm-lend says what, where and why', () => {
      const theirs = new pkg.BindgenSeries(1);
      theirs.free();
      assert.match(thrown(() => theirs.length()).message, /null pointer passed to rust/);
      const [freed, moved] = [pkg.Series.zeros(1), pkg.Series.zeros(1)];
      freed.free();
      moved.into_samples().free();
      assert.equal(thrown(() => freed.sum()).message, 'Series.sum(): argument `this: &Series`: the Series was freed');
      assert.equal(thrown(() => moved.sum()).message, 'Series.sum(): argument `this: &Series`: the Series was moved into Rust');
    });

    it('a nested call of &mut self: wasm-bindgen throws "recursive use of an object", wasm-lend names the call that borrows it', () => {
      const theirs = new pkg.BindgenSeries(1);
      const { message } = thrown(() => theirs.each_mut(() => theirs.length()));
      assert.match(message, /recursive use of an object detected/);
      assert.ok(!/Series|length|each_mut/.test(message), message);
      const ours = pkg.Series.zeros(1);
      assert.equal(thrown(() => ours.each_mut(() => ours.sum())).message,
        'Series.sum(): argument `this: &Series`: the Series is borrowed by Series.each_mut(): argument `this: &mut Series`');
      ours.free();
      theirs.free();
    });

    it('a call from a getter during the conversion of arguments: wasm-lend already has the borrows in place', () => {
      const ours = pkg.Series.zeros(1);
      let inner;
      const list = Object.defineProperty([], 0, { get() { inner = code(() => ours.into_samples()); return 'x'; } });
      assert.equal(pkg.series_two_values(ours, list), 2);
      assert.equal(inner, 'ERR_LEND_BORROWED');
      assert.equal(code(() => ours.length), 'ERR_LEND_MOVED');
    });

    it('a view while memory grows: that of wasm-bindgen becomes empty, that of a buffer is live', { skip: shared }, () => {
      const theirs = pkg.bindgen_view();
      assert.equal(theirs[0], 5);
      const buffer = lend.createReadOnlyBuffer(new Uint8Array(16).fill(5));
      pkg.grow(buffer, 1);
      assert.equal(theirs.length, 0);
      assert.equal(buffer.view[0], 5);
      buffer.free();
    });

    it('lists and promises in the declarations: wasm-bindgen writes any, wasm-lend the types inside', async () => {
      const text = await readFile(join(directory('e2e', target), 'e2e.d.ts'), 'utf8');
      assert.match(text, /export function bindgen_strings_of\(list: Array<any>\): Array<any>;/);
      assert.match(text, /export function strings_of\(list: Array<string>\): Array<string>;/);
      assert.match(text, /export function bindgen_promise_of\(promise: Promise<any>\): Promise<any>;/);
      assert.match(text, /export function promise_of\(promise: Promise<number>\): Promise<number>;/);
      assert.deepEqual(pkg.strings_of(['a']), ['a']);
    });
  });
}
