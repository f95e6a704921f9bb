// Structs of `#[wasm_bindgen]` in exported functions, and exported structs in functions of `#[wasm_bindgen]`.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  describe(`both attributes, ${target}`, async () => {
    const pkg = await load(target);
    const { lend, NewPoint, OldOther, OldPoint } = pkg;
    const refused = (call, code, message) => {
      const error = thrown(call);
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
    };

    it('exported functions borrow structs of wasm-bindgen', () => {
      const [one, two] = [new OldPoint(1), new OldPoint(2)];
      assert.equal(pkg.old_by_reference(one), 1);
      assert.equal(pkg.old_by_reference(one, two), 3);
      assert.equal(pkg.old_by_reference(one, one), 2);
      pkg.old_by_mutable(one, two, 10);
      assert.deepEqual([one.x, two.x], [11, 12]);
      pkg.old_by_mutable(one, null, 1);
      assert.equal(new NewPoint(5).plus(two), 17);
      class Mine extends OldPoint {}
      assert.equal(pkg.old_by_reference(new Mine(7)), 7);
    });

    it('what is no live struct of wasm-bindgen is refused', () => {
      const point = new OldPoint(1);
      const takes = /argument `point: &OldPoint` takes an instance of OldPoint; got/;
      for (const value of [new OldOther(), new NewPoint(1), null, undefined, 5, {}, { __wbg_ptr: 1 }, Object.create(OldOther.prototype)]) {
        refused(() => pkg.old_by_reference(value), 'ERR_LEND_TYPE', takes);
      }
      refused(() => pkg.old_by_mutable(new OldOther(), null, 1), 'ERR_LEND_TYPE', /`point: &mut OldPoint` takes an instance of OldPoint; got/);
      refused(() => pkg.old_by_reference(point, 5), 'ERR_LEND_TYPE', /`other: Option<&OldPoint>` takes an instance of OldPoint; got 5/);
      assert.equal(thrown(() => pkg.old_by_reference(Object.create(OldPoint.prototype))).code, 'ERR_LEND_TYPE');
      refused(() => pkg.old_by_mutable(point, point, 1), 'ERR_LEND_BORROWED', /takes an instance of OldPoint; got one that is borrowed/);
      assert.equal(point.x, 1);
      const gone = new OldPoint(1);
      gone.free();
      refused(() => pkg.old_by_reference(gone), 'ERR_LEND_MOVED', /takes an instance of OldPoint; got one that was/);
    });

    it('borrows are checked across both', () => {
      const point = new OldPoint(1);
      point.busy(() => refused(() => pkg.old_by_reference(point), 'ERR_LEND_BORROWED', /borrowed/));
      assert.equal(pkg.old_by_reference(point), 2);
      const mine = new NewPoint(1);
      mine.busy(() => assert.match(thrown(() => pkg.new_by_reference(mine)).message, /borrowed/));
      mine.busy(() => assert.match(thrown(() => pkg.new_by_mutable(mine, 1)).message, /borrowed/));
      assert.equal(pkg.new_by_reference(mine), 3);
    });

    it('structs of wasm-bindgen move, or stay if the call is refused', () => {
      const points = [1, 2, 3, 4].map((x) => new OldPoint(x));
      const [one, two, three, four] = points;
      refused(() => pkg.old_by_value(one, two, [three, four], [300]), 'ERR_LEND_RANGE', /`tail/);
      refused(() => pkg.old_by_value(one, two, [three, 4], [1]), 'ERR_LEND_TYPE', /\[1\] takes an instance of OldPoint; got 4/);
      assert.deepEqual(points.map(({ x }) => x), [1, 2, 3, 4]);
      assert.equal(pkg.old_by_value(one, two, [three, four], [10]).x, 20);
      for (const point of points) assert.throws(() => point.x, /null pointer/);
      assert.deepEqual(pkg.old_lists(3).map((point) => (point instanceof OldPoint ? point.x : undefined)), [0, 1, 2]);
    });

    it('one struct of wasm-bindgen is one argument', () => {
      const [one, two] = [new OldPoint(1), new OldPoint(2)];
      refused(() => pkg.old_by_value(one, one, [], [1]), 'ERR_LEND_BORROWED', /takes an instance of OldPoint; got one that is borrowed/);
      refused(() => pkg.old_by_value(one, null, [two, two], [1]), 'ERR_LEND_BORROWED', /\[1\]/);
      assert.deepEqual([one.x, two.x], [1, 2]);
      refused(() => pkg.old_by_value(Object.create(one), null, [], [1]), 'ERR_LEND_TYPE', /takes an instance of OldPoint/);
      refused(() => pkg.old_by_reference(Object.defineProperty(Object.create(OldPoint.prototype), '__wbg_ptr', { get: () => 64 })), 'ERR_LEND_TYPE', /takes an instance of OldPoint/);
      assert.equal(pkg.old_by_value(one, two, [], [1]).x, 4);
    });

    it('functions of wasm-bindgen take and return exported structs', async () => {
      const point = new NewPoint(1);
      assert.equal(pkg.new_by_reference(point), 1);
      pkg.new_by_mutable(point, 2);
      assert.equal(point.x, 3);
      assert.equal(await pkg.new_in_async(point), 3);
      const sum = pkg.new_by_value(point, new NewPoint(4));
      assert.ok(sum instanceof NewPoint);
      assert.equal(sum.x, 7);
      assert.equal(thrown(() => point.x).code, 'ERR_LEND_MOVED');
      assert.equal(pkg.new_by_value(sum).x, 7);
      assert.deepEqual([pkg.new_maybe(0), pkg.new_maybe(2).x], [undefined, 2]);
      assert.deepEqual(pkg.new_lists([new NewPoint(1), new NewPoint(2)]).map(({ x }) => x), [2, 1]);
      assert.deepEqual(pkg.new_in_array(5).map((item) => (item instanceof NewPoint ? item.x : undefined)), [5, 6]);
      assert.equal(pkg.new_from_value(new NewPoint(8)), 8);
      assert.equal(thrown(() => pkg.new_from_value(5)), 5);
      const [old, mine] = [new OldPoint(1), new NewPoint(2)];
      pkg.swap_points(old, mine);
      assert.deepEqual([old.x, mine.x], [2, 1]);
    });

    it('an imported type without a class is known by its methods', () => {
      const duck = (sound) => ({ quack: () => sound });
      assert.equal(pkg.hear(duck('a'), duck('b'), [duck('c')]), 'a b c');
      assert.equal(pkg.hear(duck('a'), undefined, []), 'a ');
      refused(() => pkg.hear(undefined, undefined, []), 'ERR_LEND_TYPE', /`duck: &Duck` takes an instance of Duck; got undefined/);
      assert.ok(thrown(() => pkg.hear({}, undefined, [])) instanceof TypeError);
      assert.equal(pkg.hear(duck('a'), undefined, []), 'a ');
    });

    it('Clamped of wasm-bindgen is a Uint8ClampedArray', () => {
      assert.deepEqual(pkg.clamped_vec(new Uint8ClampedArray([1, 2])), new Uint8ClampedArray([2, 1]));
      assert.deepEqual(pkg.clamped_vec(new Uint8Array([1, 2])), new Uint8ClampedArray([2, 1]));
      refused(() => pkg.clamped_vec(5), 'ERR_LEND_TYPE', /takes a ReadOnlyBuffer or MutableBuffer<Uint8Array> or a Uint8Array; got 5/);
    });

    it('what is no live exported struct is refused by wasm-bindgen', () => {
      const before = lend.stats().handles;
      const freed = new NewPoint(1);
      freed.free();
      for (const value of [new OldPoint(1), {}, 5, null, freed]) {
        assert.match(thrown(() => pkg.new_by_reference(value)).message, /an argument is no live instance of its class/);
      }
      const point = new NewPoint(1);
      assert.match(thrown(() => pkg.new_by_value(point, 5)).message, /no live instance/);
      point.free();
      assert.equal(lend.stats().handles, before);
    });
  });
}
