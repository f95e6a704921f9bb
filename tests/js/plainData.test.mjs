// Types that derive `FromJs` and `IntoJs`: structs as objects, enums with data as tagged unions.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, LendError, Pace } = pkg;

  const refused = (call, code, message) => {
    const error = thrown(call);
    assert.ok(error instanceof LendError, String(error));
    assert.deepEqual({ code: error.code, message: error.message }, { code, message });
  };

  const SETTINGS = {
    extent: { width: 1, height: 2 },
    pace: Pace.Slow,
    lineWidth: 0.5,
    'aria-label': 'a label',
    tags: ['a', 'b'],
    gain: 2,
    type: 5n,
    samples: new Float32Array([1, 2]),
    kind: 'small',
    nested: [[[1, -1], { width: 3, height: 4 }], [[2, undefined], undefined]],
  };

  describe(`plain data, ${target}`, () => {
    it('structs are objects', () => {
      assert.equal(pkg.extent_area({ width: 3, height: 4 }), 12);
      assert.equal(pkg.extent_area({ height: 4, width: 3, more: 'ignored' }), 12);
      assert.deepEqual(pkg.doubled_extent({ width: 3, height: 4 }), { width: 6, height: 8 });
      for (const absent of [undefined, null]) assert.equal(pkg.doubled_extent(absent), undefined);
      assert.deepEqual(pkg.same_settings(SETTINGS), SETTINGS);
      assert.equal(pkg.ask_extent((width) => ({ width, height: 5 })), 10);
    });

    it('properties may be inherited, and may have getters', () => {
      class Box {
        width = 3;

        get height() {
          return this.width + 1;
        }
      }
      assert.equal(pkg.extent_area(new Box()), 12);
      assert.equal(pkg.extent_area(Object.create({ width: 2, height: 5 })), 10);
      assert.equal(pkg.extent_area(Object.assign(Object.create(null), { width: 2, height: 5 })), 10);
    });

    it('options and defaults may be missing, and are left out', () => {
      const { lineWidth, 'aria-label': label, tags, gain, ...required } = SETTINGS;
      const filled = { ...required, tags: [], gain: 1.5 };
      assert.deepEqual(pkg.same_settings(required), filled);
      assert.deepEqual(pkg.same_settings({ ...required, lineWidth: undefined, 'aria-label': null, tags: undefined, gain: undefined }), filled);
      assert.deepEqual(Object.keys(pkg.same_settings(required)), ['extent', 'pace', 'tags', 'gain', 'type', 'samples', 'kind', 'nested']);
      refused(() => pkg.same_settings({ ...required, gain: null }), 'ERR_LEND_TYPE', 'same_settings(): argument `settings: Settings` .gain takes a number; got null');
    });

    it('structs without names are Arrays, and newtypes are the value inside', () => {
      assert.deepEqual(pkg.same_spots([[1, 2], [3, null]]), [[1, 2], [3, undefined]]);
      refused(() => pkg.same_spots([[1]]), 'ERR_LEND_RANGE', 'same_spots(): argument `spots: Vec<Spot>` [0] takes an Array of length 2; got a plain Array of length 1');
      refused(() => pkg.same_spots([[1, 2], [1, 200]]), 'ERR_LEND_RANGE', 'same_spots(): argument `spots: Vec<Spot>` [1][1] takes a whole number from -128 to 127; got 200');
      assert.equal(pkg.same_only(5), 5);
      assert.deepEqual(pkg.same_query({ text: 'x' }), { text: 'x' });
      refused(() => pkg.same_query('x'), 'ERR_LEND_TYPE', 'same_query(): argument `query: Query` takes a SearchQuery, which is an object; got the string "x"');
    });

    it('a type may contain itself', () => {
      const folder = { name: 'a', folders: [{ name: 'b', folders: [{ name: 'c', folders: [] }] }, { name: 'd', folders: [] }] };
      assert.deepEqual(pkg.deepest(folder), { name: 'c', folders: [] });
      refused(() => pkg.deepest({ name: 'a', folders: [{ name: 'b', folders: [{ name: 'c' }] }] }), 'ERR_LEND_TYPE',
        'deepest(): argument `folder: Folder` .folders[0].folders[0].folders takes an Array; got undefined');
    });

    it('refuses what contains itself, and what is too deep', () => {
      const cyclic = { name: 'a', folders: [] };
      cyclic.folders.push(cyclic);
      let deep = { name: 'b', folders: [] };
      for (let i = 0; i < 20_000; i++) deep = { name: 'c', folders: [deep] };
      for (const folder of [cyclic, deep]) {
        const error = thrown(() => pkg.deepest(folder));
        assert.equal(error.code, 'ERR_LEND_RANGE');
        assert.match(error.message, /is inside more than 200 others, or contains itself$/);
      }
      assert.equal(pkg.deepest({ name: 'd', folders: [] }).name, 'd');
    });

    it('buffers cross inside objects', () => {
      const left = lend.createReadOnlyBuffer(new Float32Array([1, 3]));
      const levels = pkg.levels_of({ left, right: new Float32Array([2]), gain: 2 });
      assert.equal(levels.peak, 6);
      assert.deepEqual([...levels.left.view], [1, 3]);
      const silent = pkg.levels_of({ left: new Float32Array(0), right: new Float32Array(0) });
      assert.deepEqual(Object.keys(silent), ['left']);
      for (const buffer of [left, levels.left, silent.left]) buffer.free();
    });

    it('enums with data are tagged unions', () => {
      for (const figure of [
        { type: 'nothing' },
        { type: 'fullCircle', radius: 2 },
        { type: 'fullCircle', radius: 2, lineWidth: 1 },
        { type: 'a "text"', value: 'x' },
        { type: 'line', value: [1, 2] },
        { type: 'maybe' },
        { type: 'maybe', value: 5 },
        { type: 'group', figures: [{ type: 'nothing' }, { type: 'group', figures: [] }] },
      ]) assert.deepEqual(pkg.same_figure(figure), figure);
      assert.deepEqual(pkg.same_figure({ type: 'nothing', value: 5 }), { type: 'nothing' });
      assert.deepEqual(pkg.same_figure({ type: 'group' }), { type: 'group', figures: [] });
      assert.equal(pkg.code_of({ kind: 'Key', code: 7 }), 7);
      assert.equal(pkg.code_of({ kind: 'Blur' }), undefined);
      assert.deepEqual([pkg.next_event(0), pkg.next_event(4)], [{ kind: 'Blur' }, { kind: 'Key', code: 4 }]);
    });

    it('refuses what is no object', () => {
      const takes = 'extent_area(): argument `extent: Extent` takes an Extent, which is an object';
      for (const [value, got] of [[5, '5'], [undefined, 'undefined'], [null, 'null'], ['x', 'the string "x"']]) {
        refused(() => pkg.extent_area(value), 'ERR_LEND_TYPE', `${takes}; got ${got}`);
      }
      refused(() => pkg.extent_area([1, 2]), 'ERR_LEND_TYPE', `${takes}; got a plain Array of length 2`);
      assert.equal(thrown(() => pkg.extent_area(() => 1)).code, 'ERR_LEND_TYPE');
    });

    it('takes an object without any field if all may be missing, but no Array, function or revoked Proxy', () => {
      assert.deepEqual(pkg.loose_fields({}), [undefined, undefined]);
      assert.deepEqual(pkg.loose_fields(new Map()), [undefined, undefined]);
      assert.deepEqual(pkg.loose_fields(new Proxy({ length: 1, name: 'x' }, {})), [1, 'x']);
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      for (const value of [[], [1], () => 1, class {}, proxy, 'text']) {
        const error = thrown(() => pkg.loose_fields(value));
        assert.equal(error.code, 'ERR_LEND_TYPE');
        assert.match(error.message, /^loose_fields\(\): argument `loose: Loose` takes a Loose, which is an object; got /);
      }
    });

    it('names the path of a wrong field', () => {
      refused(() => pkg.extent_area({ width: 1 }), 'ERR_LEND_TYPE', 'extent_area(): argument `extent: Extent` .height takes a number; got undefined');
      refused(() => pkg.same_settings({ ...SETTINGS, extent: { width: '1', height: 2 } }), 'ERR_LEND_TYPE',
        'same_settings(): argument `settings: Settings` .extent.width takes a number; got the string "1"');
      refused(() => pkg.same_settings({ ...SETTINGS, 'aria-label': 5 }), 'ERR_LEND_TYPE',
        'same_settings(): argument `settings: Settings` ["aria-label"] takes a string; got 5');
      refused(() => pkg.same_settings({ ...SETTINGS, pace: 2 }), 'ERR_LEND_RANGE',
        'same_settings(): argument `settings: Settings` .pace takes a Pace: one of 0 (Fast), 1 (Slow); got 2');
      refused(() => pkg.same_settings({ ...SETTINGS, nested: [[[1, 2], { width: 1 }]] }), 'ERR_LEND_TYPE',
        'same_settings(): argument `settings: Settings` .nested[0][1].height takes a number; got undefined');
      refused(() => pkg.same_figure({ type: 'line', value: [1, 'x'] }), 'ERR_LEND_TYPE',
        'same_figure(): argument `figure: Figure` .value[1] takes a number; got the string "x"');
      refused(() => pkg.same_figure({ type: 'group', figures: [{ type: 'nothing' }, { type: 'fullCircle' }] }), 'ERR_LEND_TYPE',
        'same_figure(): argument `figure: Figure` .figures[1].radius takes a number; got undefined');
    });

    it('refuses unknown tags', () => {
      const takes = 'same_figure(): argument `figure: Figure` .type takes one of "nothing", "fullCircle", "a \\"text\\"", "line", "maybe", "group"';
      refused(() => pkg.same_figure({ type: 'square' }), 'ERR_LEND_RANGE', `${takes}; got the string "square"`);
      refused(() => pkg.same_figure({}), 'ERR_LEND_TYPE', `${takes}; got undefined`);
      refused(() => pkg.same_figure({ type: 0 }), 'ERR_LEND_TYPE', `${takes}; got 0`);
      refused(() => pkg.code_of({ type: 'Key', code: 1 }), 'ERR_LEND_TYPE', 'code_of(): argument `event: Event` .kind takes one of "Key", "Blur"; got undefined');
    });

    it('reports a getter that throws, with its error as the cause', () => {
      const cause = new RangeError('not now');
      const throws = { get width() { throw cause; }, height: 1 };
      const error = thrown(() => pkg.extent_area(throws));
      assert.equal(error.code, 'ERR_LEND_TYPE');
      assert.match(error.message, /^extent_area\(\): argument `extent: Extent` \.width cannot be read: /);
      assert.equal(error.cause, cause);
      const proxy = new Proxy({}, { get() { throw cause; } });
      assert.equal(thrown(() => pkg.same_figure(proxy)).cause, cause);
      assert.equal(thrown(() => pkg.same_settings({ ...SETTINGS, extent: throws })).cause, cause);
      // The cause belongs to that error alone.
      assert.equal(thrown(() => pkg.extent_area({ width: 1 })).cause, undefined);
      assert.equal(pkg.extent_area({ width: 1, height: 1 }), 1);
    });

    it('holds what other arguments have during getters', () => {
      const order = [];
      const extent = { get width() { order.push('width'); return pkg.extent_area({ width: 2, height: 2 }); }, get height() { order.push('height'); return 1; } };
      assert.equal(pkg.extent_area(extent), 4);
      assert.deepEqual(order, ['width', 'height']);
    });
  });
}
