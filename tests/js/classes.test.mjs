// Rust structs as JavaScript classes.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { counts } from './counts.mjs';
import { collectGarbage, load, loadCopy, refused, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, Series, Marker } = pkg;
  const now = () => counts(pkg);

  describe(`classes, ${target}`, () => {
    let before = now();
    beforeEach(() => {
      before = now();
    });
    afterEach(() => assert.deepEqual(now(), before, 'nothing is left'));

    it('have constructors, methods, getters and setters', () => {
      const series = new Series('temperatures', new Float32Array([1, 2, 3]));
      assert.ok(series instanceof Series);
      assert.deepEqual([series.length, series.name, series.changes], [3, 'temperatures', 0]);
      assert.deepEqual([series.at(1), series.at(9)], [2, undefined]);
      assert.equal(series.push(4), 4);
      assert.equal(series.push(5, 2), 6);
      assert.equal(series.changes, 2);
      series.name = 'other';
      assert.deepEqual([series.name, series.title()], ['other', 'other']);
      series.gain = 0.5;
      assert.equal(series.gain, 0.5);
      assert.equal(series.sum(), 19.5);
      assert.deepEqual([lend.stats().instances, lend.stats().handles], [before.instances + 1, before.handles + 1]);
      assert.throws(() => { 'use strict'; series.length = 5; }, TypeError, 'there is no setter');
      assert.equal('hidden' in series, false);
      assert.equal(String(series), '[object Series]');
      assert.deepEqual(Object.keys(series), ['$lent'], 'only the mark that makes structured clone refuse the instance');
      series.free();
    });

    it('statics and functions return instances', () => {
      const all = [Series.zeros(4), Series.maybe(true), ...pkg.series_many(3)];
      assert.equal(Series.maybe(false), undefined);
      assert.deepEqual(all.map((series) => series.length), [4, 1, 0, 1, 2]);
      const copy = all[0].copy();
      copy.push(1);
      assert.deepEqual([all[0].length, copy.length], [4, 5]);
      for (const series of [...all, copy]) series.free();
    });

    it('free() drops the value once', () => {
      const dropped = pkg.series_dropped();
      const series = Series.zeros(1);
      series.free();
      series.free();
      series[Symbol.dispose]?.();
      assert.equal(pkg.series_dropped(), dropped + 1);
      refused(() => series.length, 'ERR_LEND_RELEASED', 'get Series.length(): argument `this: &Series`: the Series was freed');
      refused(() => pkg.series_length(series), 'ERR_LEND_RELEASED',
        'series_length(): argument `series: &Series`: the Series was freed');
    });

    it('instances are freed by a scope and by garbage collection', async () => {
      lend.scope(() => { for (let i = 0; i < 10; i++) Series.zeros(i); });
      assert.deepEqual(now(), before);
      const kept = lend.scope(() => [Series.zeros(1), Series.zeros(2)][1]);
      assert.equal(kept.length, 2);
      kept.free();
      if (!globalThis.gc) return;
      (() => { for (let i = 0; i < 100; i++) Series.zeros(i); })();
      await collectGarbage(() => lend.stats().instances === before.instances);
    });

    it('can be subclassed', () => {
      class Named extends Series {
        get shout() { return this.name.toUpperCase(); }
      }
      const named = new Named('abc', new Float32Array(2));
      assert.deepEqual([named.shout, named.length, named instanceof Series], ['ABC', 2, true]);
      named.free();
    });

    it('a constructor that throws leaves no instance behind', () => {
      assert.equal(thrown(() => new Series('', new Float32Array())).message, 'a series needs a name');
      refused(() => new Series('x', new Map()), 'ERR_LEND_TYPE',
        'new Series(): argument `samples: &[f32]` takes a ReadOnlyBuffer<Float32Array>, a MutableBuffer<Float32Array> or a Float32Array; got an object of class Map');
      refused(() => new Series(5, new Float32Array()), 'ERR_LEND_TYPE', 'new Series(): argument `name: String` takes a string; got 5');
    });

    it('an argument must be an instance of the class', () => {
      const series = Series.zeros(1);
      const marker = new Marker(3);
      const { push } = series;
      const place = 'Series.push(): argument `this: &mut Series` takes an instance of Series; got';
      refused(() => push(1), 'ERR_LEND_TYPE', `${place} undefined`);
      refused(() => push.call({}, 1), 'ERR_LEND_TYPE', `${place} a plain object`);
      refused(() => push.call(marker, 1), 'ERR_LEND_TYPE', `${place} an object of class Marker`);
      refused(() => push.call(Object.create(Series.prototype), 1), 'ERR_LEND_TYPE', `${place} an object of class Series`);
      refused(() => series.push('x'), 'ERR_LEND_TYPE', 'Series.push(): argument `sample: f32` takes a number; got the string "x"');
      refused(() => pkg.series_length(marker), 'ERR_LEND_TYPE',
        'series_length(): argument `series: &Series` takes an instance of Series; got an object of class Marker');
      refused(() => pkg.sum(series), 'ERR_LEND_TYPE',
        'sum(): argument `values: &[u8]` takes a ReadOnlyBuffer<Uint8Array>, a MutableBuffer<Uint8Array> or a Uint8Array; got an object of class Series');
      series.free();
      marker.free();
    });

    it('a buffer over the memory of an instance keeps the instance', () => {
      const series = new Series('a', new Float32Array([1, 2, 3]));
      const { copiedBytes } = lend.stats();
      const samples = series.samples();
      assert.deepEqual([...samples.view], [1, 2, 3]);
      assert.equal(lend.stats().copiedBytes, copiedBytes, 'no copy');
      assert.equal(series.sum(), 6, 'it may be read');
      const again = series.samples();
      assert.equal(again.view.byteOffset, samples.view.byteOffset);
      const holder = 'the Series is borrowed by a buffer that Series.samples() has returned';
      refused(() => series.push(4), 'ERR_LEND_BORROWED', `Series.push(): argument \`this: &mut Series\`: ${holder}`);
      refused(() => series.into_samples(), 'ERR_LEND_BORROWED', `Series.into_samples(): argument \`this: Series\`: ${holder}`);
      samples.free();
      refused(() => series.push(4), 'ERR_LEND_BORROWED', `Series.push(): argument \`this: &mut Series\`: ${holder}`);
      again.free();
      assert.equal(series.push(4), 4);
      const dropped = pkg.series_dropped();
      const last = series.samples();
      series.free();
      assert.deepEqual([...last.view], [1, 2, 3, 4], 'the value outlives the JavaScript object');
      assert.equal(pkg.series_dropped(), dropped);
      last.free();
      assert.equal(pkg.series_dropped(), dropped + 1);
    });

    it('a mutable buffer over the memory of an instance borrows the instance exclusively', () => {
      const series = new Series('a', new Float32Array([1, 2, 3]));
      const samples = series.samples_mut();
      assert.ok(samples instanceof pkg.MutableBuffer);
      samples.view[0] = 10;
      pkg.scale(samples, 2);
      const holder = 'the Series is borrowed by a buffer that Series.samples_mut() has returned';
      refused(() => series.sum(), 'ERR_LEND_BORROWED', `Series.sum(): argument \`this: &Series\`: ${holder}`);
      refused(() => series.samples_mut(), 'ERR_LEND_BORROWED', `Series.samples_mut(): argument \`this: &mut Series\`: ${holder}`);
      const sub = samples.subarray(1);
      samples.free();
      assert.deepEqual([...sub.view], [4, 6]);
      assert.equal(thrown(() => series.sum()).code, 'ERR_LEND_BORROWED', 'a sub-buffer holds it, too');
      sub.free();
      assert.equal(series.sum(), 30);
      assert.equal(series.some_samples_mut(9), undefined);
      const frozen = series.some_samples_mut(1).freeze();
      assert.deepEqual([...frozen.view], [4, 6]);
      const dropped = pkg.series_dropped();
      series.free();
      assert.equal(pkg.series_dropped(), dropped);
      frozen.free();
      assert.equal(pkg.series_dropped(), dropped + 1);
    });

    it('a method may return a part of its memory, nothing, or an error', () => {
      const series = new Series('a', new Float32Array([1, 2, 3]));
      const sub = series.some_samples(1);
      assert.deepEqual([...sub.view], [2, 3]);
      sub.free();
      assert.equal(series.some_samples(9), undefined);
      assert.equal(thrown(() => series.checked_samples(9)).message, 'no sample 9');
      series.checked_samples(0).free();
      assert.equal(series.push(1), 4, 'nothing stays borrowed');
      series.free();
    });

    it('an instance moves into Rust once', () => {
      const series = new Series('a', new Float32Array([1, 2]));
      const samples = series.into_samples();
      assert.deepEqual([...samples.view], [1, 2]);
      refused(() => series.length, 'ERR_LEND_MOVED', 'get Series.length(): argument `this: &Series`: the Series was moved into Rust');
      series.free();
      samples.free();
      const [a, b] = [Series.zeros(2), Series.zeros(3)];
      assert.equal(a.append(b, new Uint8Array(10)), 15);
      refused(() => a.append(b, null), 'ERR_LEND_MOVED',
        'Series.append(): argument `other: Series` takes an instance of Series; got one that was moved into Rust');
      assert.equal(a.append(Series.zeros(1), undefined), 6);
      a.free();
    });

    it('nothing is moved if any argument is refused', () => {
      const series = Series.zeros(2);
      assert.equal(thrown(() => pkg.series_two(series, {})).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => pkg.series_two_values(series, [5])).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => series.into_samples_beside({})).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => series.append(series, null)).code, 'ERR_LEND_ALIASED');
      assert.equal(series.length, 2, 'it is still here');
      assert.equal(pkg.series_two_values(series, ['x']), 3);
      assert.equal(thrown(() => series.length).code, 'ERR_LEND_MOVED');
    });

    it('an argument may be an optional instance', () => {
      assert.equal(pkg.series_maybe(undefined, null), 1100);
      const [a, b] = [Series.zeros(2), Series.zeros(3)];
      assert.equal(pkg.series_maybe(a, b), 5);
      assert.equal(thrown(() => a.length).code, 'ERR_LEND_MOVED');
      b.free();
    });

    it('a method may borrow other instances', () => {
      const [a, b] = [new Series('a', new Float32Array([1])), new Series('b', new Float32Array([2, 3]))];
      a.add(b);
      assert.deepEqual([a.length, b.length], [3, 2]);
      a.swap(b);
      assert.deepEqual([a.length, b.length], [2, 3]);
      refused(() => a.swap(a), 'ERR_LEND_ALIASED',
        'Series.swap(): argument `other: &mut Series`: the Series is another argument of this call too, and one of the two needs it for itself');
      refused(() => a.add(a), 'ERR_LEND_ALIASED',
        'Series.add(): argument `other: &Series`: the Series is another argument of this call too, and one of the two needs it for itself');
      a.free();
      b.free();
    });

    it('a refusal names the call that borrows the instance', () => {
      const series = new Series('a', new Float32Array([1]));
      const seen = [];
      series.each(() => {
        seen.push(series.sum());
        refused(() => series.push(2), 'ERR_LEND_BORROWED',
          'Series.push(): argument `this: &mut Series`: the Series is borrowed by Series.each(): argument `this: &Series`');
      });
      series.each_mut((sample) => {
        refused(() => series.sum(), 'ERR_LEND_BORROWED',
          'Series.sum(): argument `this: &Series`: the Series is borrowed by Series.each_mut(): argument `this: &mut Series`');
        refused(() => pkg.series_length(series), 'ERR_LEND_BORROWED',
          'series_length(): argument `series: &Series`: the Series is borrowed by Series.each_mut(): argument `this: &mut Series`');
        return sample + 1;
      });
      assert.deepEqual([seen, series.at(0)], [[1], 2]);
      const error = new Error('stop');
      assert.equal(thrown(() => series.each_mut(() => { throw error; })), error);
      assert.equal(series.push(3), 2, 'nothing stays borrowed');
      series.free();
    });

    it('free() during a call is deferred until the call ends', () => {
      const dropped = pkg.series_dropped();
      const series = new Series('a', new Float32Array([1, 2]));
      let calls = 0;
      series.each(() => {
        calls += 1;
        series.free();
        assert.equal(pkg.series_dropped(), dropped);
      });
      assert.equal(calls, 2);
      assert.equal(pkg.series_dropped(), dropped + 1);
    });

    it('a JsObject in an instance lives as long as the instance', () => {
      const series = Series.zeros(1);
      series.hide({ big: true });
      assert.equal(lend.stats().objects, before.objects + 1);
      series.hide({ other: true });
      assert.equal(lend.stats().objects, before.objects + 1);
      series.free();
      assert.equal(lend.stats().objects, before.objects);
    });

    it('an instance is borrowed until the promise of its method settles', async () => {
      const series = Series.zeros(2);
      let go = () => {};
      const promise = series.later(new Promise((resolve) => { go = resolve; }));
      assert.equal(series.sum(), 0);
      refused(() => series.push(1), 'ERR_LEND_BORROWED',
        'Series.push(): argument `this: &mut Series`: the Series is borrowed by Series.later(): argument `this: &Series`');
      go();
      assert.equal(await promise, 2);
      assert.equal(series.push(1), 3);
      const changed = series.later_mut(new Promise((resolve) => { go = resolve; }));
      assert.equal(thrown(() => series.sum()).code, 'ERR_LEND_BORROWED');
      go();
      assert.equal(await changed, 4);
      const failed = series.later(Promise.reject(new Error('no')));
      await assert.rejects(failed, /no/);
      assert.equal(series.push(1), 5);
      series.free();
    });

    it('members can be called by name', () => {
      const [series] = lend.callRustSync('new Series', ['named', new Float32Array([1, 2])]);
      assert.deepEqual(lend.callRustSync('Series.push', [series, 3]), [3]);
      assert.deepEqual(lend.callRustSync('get Series.length', [series]), [3]);
      series.free();
    });

    it('leaks() lists instances', () => {
      const series = Series.zeros(1);
      assert.ok(lend.leaks().some(({ kind }) => kind === 'Series'));
      series.free();
    });
  });
}

it('an instance of another package is refused', async (test) => {
  const [one, other] = [await load('web'), await loadCopy(test, 'web')];
  const series = other.Series.zeros(1);
  refused(() => one.Series.prototype.sum.call(series), 'ERR_LEND_FOREIGN',
    'Series.sum(): argument `this: &Series`: this Series belongs to another instance or package');
  series.free();
});

it('instances cannot be used after a panic', { skip: globalThis.process?.env.WASM_LEND_UNWINDS === '1' }, async (test) => {
  const { Series, lend } = await loadCopy(test, 'web');
  const series = new Series('it', new Float32Array(1));
  const error = thrown(() => series.fail());
  assert.equal(error.code, 'ERR_LEND_PANIC');
  assert.match(error.message, /it fails/);
  for (const call of [() => series.length, () => new Series('x', new Float32Array()), () => lend.stats()]) {
    assert.equal(thrown(call).code, 'ERR_LEND_POISONED');
  }
  assert.equal(thrown(() => series.free()).code, 'ERR_LEND_POISONED');
});
