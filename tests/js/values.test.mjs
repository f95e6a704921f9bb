// Arguments and results that are passed as JavaScript values, and what functions throw.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { growing, load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, LendError } = pkg;

  const refused = (call, code, message) => {
    const error = thrown(call);
    assert.ok(error instanceof LendError, String(error));
    assert.deepEqual({ code: error.code, message: error.message }, { code, message });
  };

  describe(`values, ${target}`, () => {
    it('passes any value, by value and by reference', () => {
      const object = { a: 1 };
      for (const value of [object, undefined, null, true, 5, 'text', 5n, Symbol.iterator, () => 1]) {
        assert.equal(pkg.echo_value(value), value);
        assert.equal(pkg.kind_of(value), typeof value);
      }
    });

    it('passes instances of JavaScript classes', () => {
      const date = new Date(2020, 1, 2);
      assert.equal(pkg.year_of(date), 2020);
      assert.equal(pkg.year_of_maybe(date), 2020);
      assert.equal(pkg.year_of_maybe(null), undefined);
      assert.equal(pkg.year_later(date), date);
      assert.equal(date.getFullYear(), 2021);
      assert.equal(pkg.latest([new Date(5), new Date(7), new Date(6)]).getTime(), 7);
      assert.equal(pkg.latest([]), undefined);
      assert.deepEqual(pkg.sources([/a/, /b+/u]), ['a', 'b+']);
      assert.deepEqual(pkg.sources(), []);
      assert.equal(pkg.length_of(['a', 'b']), 2);
      const url = new URL('https://wasm.example/lend');
      assert.equal(pkg.host_of(url), 'wasm.example');
      assert.equal(pkg.longest([new URL('a:b'), url]), url);
      assert.equal(pkg.longest([], url), url);
      assert.equal(pkg.longest([]), undefined);
      refused(() => pkg.host_of('x'), 'ERR_LEND_TYPE', 'host_of(): argument `url: &web_sys::Url` takes an instance of Url; got the string "x"');
      assert.equal(pkg.call_with((number) => number * 2, 21), 42);
      refused(() => pkg.year_of('2020'), 'ERR_LEND_TYPE', 'year_of(): argument `date: &Date` takes an instance of Date; got the string "2020"');
      refused(() => pkg.year_of_maybe(5), 'ERR_LEND_TYPE', 'year_of_maybe(): argument `date: Option<&Date>` takes an instance of Date; got 5');
      refused(() => pkg.latest([new Date(5), 5]), 'ERR_LEND_TYPE', 'latest(): argument `dates: Vec<Date>` [1] takes an instance of Date; got 5');
    });

    it('converts lists, tuples and arrays with any contents', () => {
      assert.deepEqual(pkg.reversed(['a', 'ß', '']), ['', 'ß', 'a']);
      assert.deepEqual(pkg.turned([7, 'x', null]), [undefined, 'x', 7]);
      assert.deepEqual(pkg.turned([7, 'x', true]), [true, 'x', 7]);
      assert.deepEqual(pkg.doubled([1, 2.5, -3]), [2, 5, -6]);
      assert.deepEqual(pkg.doubled(new Float64Array([1, 2, 3])), [2, 4, 6]);
      const mutable = lend.createMutableBuffer(new Float32Array([3]));
      const nested = pkg.nested([new Float32Array([1, 2]), mutable], [new Uint8Array(3), new Uint16Array(4)]);
      assert.deepEqual(nested, [new Float32Array([1, 2, 3]), 7]);
      assert.equal(mutable.moved, false, 'a Vec inside another type is a copy');
      assert.deepEqual(pkg.nested([], [undefined, new Uint16Array(0)]), [new Float32Array(0), 0]);
      mutable.free();
      const at = (call, code, rest) => refused(call, code, rest);
      at(() => pkg.reversed(['a', 5]), 'ERR_LEND_TYPE', 'reversed(): argument `names: Vec<String>` [1] takes a string; got 5');
      at(() => pkg.reversed('ab'), 'ERR_LEND_TYPE', 'reversed(): argument `names: Vec<String>` takes an Array; got the string "ab"');
      at(() => pkg.turned([300, 'x', null]), 'ERR_LEND_RANGE', 'turned(): argument `pair: (u8, String, Option<bool>)` [0] takes a whole number from 0 to 255; got 300');
      at(() => pkg.turned([3]), 'ERR_LEND_RANGE', 'turned(): argument `pair: (u8, String, Option<bool>)` takes an Array of length 3; got a plain Array of length 1');
      at(() => pkg.doubled([1, 2]), 'ERR_LEND_RANGE', 'doubled(): argument `point: [f64; 3]` takes an Array of length 3; got a plain Array of length 2');
      assert.deepEqual(pkg.nested([[1, 2.5]], [[1, 2], new Uint16Array(0)]), [new Float32Array([1, 2.5]), 2]);
      at(() => pkg.nested([['x']], [null, new Uint16Array(0)]), 'ERR_LEND_TYPE',
        'nested(): argument `lists: Vec<Vec<f32>>` [0] takes a ReadOnlyBuffer or MutableBuffer<Float32Array> or a Float32Array; got a plain Array of length 1');
    });

    it('passes buffers inside other types', () => {
      const { handles } = lend.stats();
      const buffer = lend.createReadOnlyBuffer(new Float32Array([1, 2, 3]));
      for (const floats of [buffer, new Float32Array([1, 2, 3])]) {
        const [low, high] = pkg.split([floats, 1]);
        assert.ok(low instanceof pkg.ReadOnlyBuffer && high instanceof pkg.MutableBuffer);
        assert.deepEqual([[...low.view], [...high.view]], [[1], [2, 3]]);
        low.free();
        high.free();
      }
      buffer.free();
      assert.equal(lend.stats().handles, handles);
      assert.equal(thrown(() => pkg.split([buffer, 1])).code, 'ERR_LEND_RELEASED');
    });

    it('takes optional buffers', () => {
      const { handles } = lend.stats();
      assert.equal(pkg.maybe_buffers(), undefined);
      assert.equal(pkg.maybe_buffers(null, null, null, null, null), undefined);
      const one = pkg.maybe_buffers(new Uint8Array(1), null, undefined, null, new Uint8Array(5));
      assert.deepEqual([...one.view], [1, 255, 255, 255, 5]);
      const written = new Uint8Array(2);
      const taken = lend.createMutableBuffer(new Uint8Array(4));
      const kept = lend.createReadOnlyBuffer(new Uint8Array(3));
      const all = pkg.maybe_buffers(kept, written, kept, taken, new Uint8Array(5));
      assert.deepEqual([...all.view], [3, 2, 3, 4, 5]);
      assert.deepEqual([...written], [9, 9]);
      assert.equal(taken.moved, true);
      for (const buffer of [one, kept, all]) buffer.free();
      assert.deepEqual(pkg.maybe_vec(true), new Uint16Array([1, 2]));
      assert.equal(pkg.maybe_vec(false), undefined);
      assert.equal(pkg.maybe_mutable(false), undefined);
      pkg.maybe_mutable(true).free();
      assert.equal(lend.stats().handles, handles);
      assert.equal(thrown(() => pkg.maybe_buffers(5)).message, 'maybe_buffers(): argument `slice: Option<&[u8]>` takes '
        + 'a ReadOnlyBuffer<Uint8Array>, a MutableBuffer<Uint8Array> or a Uint8Array, or undefined; got 5');
    });

    it('converts objects with serde', () => {
      assert.deepEqual(pkg.larger({ name: 'x', sizes: [1, 2] }), { name: 'x', sizes: [2, 3], deep: undefined });
      const error = thrown(() => pkg.larger({ name: 'x' }));
      assert.equal(error.code, 'ERR_LEND_TYPE');
      assert.match(error.message, /^larger\(\): argument `settings: Serde<Settings>` does not fit: .*missing field.*sizes.*; got a plain object$/);
    });

    it('a getter may make calls while arguments are converted', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([1, 2]));
      const plain = new Uint8Array([10]);
      const settings = (act) => ({ name: 'x', get sizes() { act(); return [100]; } });
      assert.equal(pkg.total(buffer, settings(() => assert.equal(pkg.sum(buffer), 3))), 103);
      assert.equal(pkg.total(plain, settings(() => assert.equal(pkg.sum(new Uint8Array([77])), 77))), 110, 'each call has its own scratch memory');
      assert.equal(pkg.total(buffer, settings(() => assert.equal(thrown(() => pkg.own(buffer)).code, 'ERR_LEND_BORROWED'))), 103);
      const boom = new Error('boom');
      assert.notEqual(thrown(() => pkg.total(buffer, settings(() => { throw boom; }))), undefined);
      pkg.own(buffer);
      pkg.disown().free();
      const freed = lend.createMutableBuffer(new Uint8Array([1, 2]));
      assert.equal(pkg.total(freed, settings(() => freed.free())), 103, 'it is freed after the call');
      assert.equal(freed.freed, true);
    });

    it('passes types with their own FromJs and IntoJs', () => {
      assert.deepEqual(pkg.measure([1, 2.5], 'm'), [3.5, 'm!']);
      refused(() => pkg.measure(['1'], 'm'), 'ERR_LEND_TYPE', 'measure(): argument `lengths: Vec<Meters>` [0] takes a number; got the string "1"');
      assert.equal(pkg.red('#ff8000'), 255);
      assert.deepEqual(pkg.reds(['#010203', '#fe0000']), new Uint8Array([1, 254]));
      refused(() => pkg.red('blue'), 'ERR_LEND_TYPE', 'red(): argument `color: Color` takes a color as in \'#ff8000\'; got the string "blue"');
      const aliased = pkg.aliased(new Float32Array([1, 2]), ['n'], 7);
      assert.deepEqual(aliased, [3, ['n'], 7]);
      refused(() => pkg.aliased(new Float32Array(1), [], -1), 'ERR_LEND_RANGE', 'aliased(): argument `id: Id` takes a whole number from 0 to 4294967295; got -1');
      assert.equal(thrown(() => pkg.aliased(new Float64Array(1), [], 1)).code, 'ERR_LEND_TYPE');
      const buffer = pkg.aliased_buffer(new Float32Array([5]));
      assert.deepEqual(buffer.view, new Float32Array([5]));
      buffer.free();
    });

    it('passes wasm-bindgen classes and enums', () => {
      const counter = new pkg.Counter(5);
      const later = pkg.count_on(counter, 2);
      assert.ok(later instanceof pkg.Counter);
      assert.equal(later.count(), 7);
      later.free();
      refused(() => pkg.count_on({}, 1), 'ERR_LEND_TYPE', 'count_on(): argument `counter: Counter` takes an instance of Counter; got a plain object');
      assert.equal(pkg.opposite(pkg.Direction.Up), pkg.Direction.Down);
      assert.equal(pkg.opposite(7), 0);
      assert.equal(pkg.opposite_maybe(0), 7);
      assert.equal(pkg.opposite_maybe(undefined), undefined);
      assert.equal(thrown(() => pkg.opposite(3)).code, 'ERR_LEND_TYPE');
    });
  });

  describe(`failures, ${target}`, () => {
    it('throw an Error with the message, and its sources as causes', () => {
      assert.equal(pkg.parse_lines('12'), 12);
      const error = thrown(() => pkg.parse_lines('x'));
      assert.ok(error instanceof Error);
      assert.equal(error.message, 'cannot read');
      assert.equal(error.cause.message, 'not a number of lines');
      assert.equal(error.cause.cause.message, 'invalid digit found in string');
      assert.equal('cause' in error.cause.cause, false);
    });

    it('throw JavaScript values unchanged', () => {
      for (const value of [{ code: 1 }, new TypeError('t'), undefined, 'text']) {
        let caught = 'nothing';
        try {
          pkg.fail_with(value);
        } catch (error) {
          caught = error;
        }
        assert.equal(caught, value);
      }
      assert.equal(thrown(() => pkg.fail_text()).message, 'as text');
      assert.equal(thrown(() => pkg.fail_boxed()).message, 'as a box');
      assert.equal(thrown(() => pkg.fail_js()).message, 'as a JsError');
      const boom = new Error('boom');
      assert.equal(thrown(() => pkg.call_with(() => { throw boom; }, 1)), boom);
    });

    it('keep what was written before the failure and leave nothing borrowed', () => {
      const plain = new Uint8Array(2);
      assert.equal(thrown(() => pkg.fail_borrowing(plain)).message, 'after writing');
      assert.deepEqual([...plain], [7, 0]);
      const buffer = lend.createMutableBuffer(new Uint8Array(2));
      assert.equal(thrown(() => pkg.fail_borrowing(buffer)).message, 'after writing');
      assert.equal(buffer.view[0], 7);
      pkg.own(buffer);
      pkg.disown().free();
    });

    it('do not change the result of a function that succeeds', () => {
      assert.equal(pkg.not_negative(2), 2);
      assert.equal(pkg.not_negative(-2), undefined);
      assert.equal(thrown(() => pkg.not_negative(NaN)).message, 'not a number');
      assert.equal(pkg.unit_or(false), undefined);
      assert.equal(thrown(() => pkg.unit_or(true)).message, 'no unit');
      assert.deepEqual(pkg.names_or(false), ['a']);
      assert.equal(thrown(() => pkg.names_or(true)), 7);
    });

    it('do not leak memory over a million refusals', { skip: growing }, () => {
      const { memoryBytes, handles } = lend.stats();
      for (let i = 0; i < 100_000; i++) {
        try { pkg.red(5); } catch {}
        try { pkg.fail_text(); } catch {}
      }
      assert.ok(lend.stats().memoryBytes <= memoryBytes + 65536);
      assert.equal(lend.stats().handles, handles);
    });
  });

  describe(`promises, ${target}`, () => {
    it('are the results of async functions', async () => {
      const promise = pkg.sum_later(new Uint8Array([1, 2]), Promise.resolve(10));
      assert.ok(promise instanceof Promise);
      assert.equal(await promise, 13);
      const taken = lend.createMutableBuffer(new Float32Array([1, 2]));
      const later = pkg.doubled_later(taken, 'ü');
      assert.equal(taken.moved, true);
      const [doubled, name] = await later;
      assert.deepEqual([[...doubled.view], name], [[2, 4], 'ü']);
      doubled.free();
      assert.equal(await pkg.later_unit(), undefined);
      assert.equal(await pkg.later_text(5n, '😀'), "5 Some('😀')");
    });

    it('are rejected if the call is refused, and the call itself does not throw', async () => {
      const boom = new Error('boom');
      await assert.rejects(pkg.sum_later(new Uint8Array(1), Promise.reject(boom)), boom);
      await assert.rejects(pkg.later_fail('x'), { message: 'invalid digit found in string' });
      const { handles } = lend.stats();
      await assert.rejects(pkg.later_text(5), { code: 'ERR_LEND_TYPE', message: /^later_text\(\): argument `number: u64` takes a BigInt/ });
      const taken = lend.createMutableBuffer(new Float32Array(1));
      await assert.rejects(pkg.doubled_later(taken, 5), { code: 'ERR_LEND_TYPE' });
      assert.equal(taken.moved, false, 'nothing is moved when an argument is refused');
      taken.free();
      assert.equal(lend.stats().handles, handles);
    });
  });
}
