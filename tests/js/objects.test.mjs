// JavaScript values that Rust borrows or owns by index.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { collectGarbage, load, loadCopy, refused, TARGETS, thrown } from './packages.mjs';

/** One value of each type. @type {[unknown, string][]} */
const VALUES = [
  [undefined, 'Undefined'], [null, 'Null'], [true, 'Boolean'], [false, 'Boolean'], [0, 'Number'], [NaN, 'Number'], [5n, 'BigInt'],
  ['', 'String'], [Symbol('s'), 'Symbol'], [() => 1, 'Function'], [class {}, 'Function'], [{}, 'Object'], [[1], 'Object'],
  [new Date(0), 'Object'], [new Proxy({}, {}), 'Object'], [Object.create(null), 'Object'],
];

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;

  describe(`objects, ${target}`, () => {
    let before = 0;
    beforeEach(() => {
      before = lend.stats().objects;
    });
    afterEach(() => {
      pkg.objects_let_go();
      assert.equal(lend.stats().objects, before, 'no slot is left');
    });

    for (const [value, type] of VALUES) {
      it(`passes ${String(typeof value === 'object' ? type : String(value).slice(0, 12))} both ways`, () => {
        assert.equal(pkg.object_type(value), type);
        for (const echo of [pkg.object_echo, pkg.object_echo_borrowed, pkg.object_echo_clone]) assert.ok(Object.is(echo(value), value));
        pkg.object_keep(value);
        assert.ok(Object.is(pkg.objects_kept()[0], value));
        assert.ok(pkg.object_same(value, value));
      });
    }

    it('a borrowed value leaves no place taken, and an owned value lives until Rust drops it', () => {
      const object = { name: 'kept' };
      pkg.object_type(object);
      assert.equal(lend.stats().objects, before);
      pkg.object_keep(object);
      assert.equal(lend.stats().objects, before + 1);
      pkg.object_drop(object);
      assert.equal(lend.stats().objects, before + 1);
      pkg.objects_let_go();
      assert.equal(lend.stats().objects, before);
    });

    it('the constants take no place', () => {
      for (const constant of [undefined, null, true, false]) pkg.object_keep(constant);
      assert.equal(lend.stats().objects, before);
      assert.deepEqual(pkg.objects_kept(), [undefined, null, true, false]);
    });

    it('places are reused', () => {
      for (let i = 0; i < 1000; i++) {
        pkg.object_keep({ i });
        if (i % 3 === 2) pkg.objects_let_go();
        assert.ok(lend.stats().objects <= before + 3);
      }
    });

    it('clones share one place with a count', () => {
      const object = {};
      pkg.object_keep_clones(object, 1000);
      assert.equal(lend.stats().objects, before + 1);
      assert.ok(pkg.objects_kept().every((kept) => kept === object));
    });

    it('of two arguments, only the stored one stays alive', () => {
      const [a, b] = [{ a: 1 }, { b: 2 }];
      pkg.object_keep_two(a, b, true);
      pkg.object_keep_two(a, b, false);
      pkg.object_keep_two(a, a, true);
      assert.equal(lend.stats().objects, before + 3);
      assert.deepEqual(pkg.objects_kept(), [a, b, a]);
    });

    it('the value that another one replaces is released', () => {
      assert.equal(pkg.object_replace('first'), undefined);
      for (const next of [{ next: 1 }, 'second', 3]) {
        pkg.object_replace(next);
        assert.equal(lend.stats().objects, before + 1);
      }
      assert.deepEqual(pkg.objects_kept(), [3]);
    });

    it('one call can release more values than its list has room for', () => {
      for (let i = 0; i < 500; i++) pkg.object_keep({ i });
      assert.equal(lend.stats().objects, before + 500);
      pkg.objects_let_go();
      assert.equal(lend.stats().objects, before);
    });

    it('an absent value takes no place', () => {
      assert.deepEqual([pkg.object_present(null, undefined), pkg.object_present({}, null), pkg.object_present(0, '')], [0, 1, 3]);
    });

    it('a refused or failed call leaves no value behind', () => {
      refused(() => pkg.object_refused({}, [300]), 'ERR_LEND_RANGE', 'object_refused(): argument `number: Vec<u8>` [0] takes an element of a Uint8Array; got 300');
      assert.equal(thrown(() => pkg.object_err({}, 'an error of its own')), 'an error of its own');
      assert.equal(lend.stats().objects, before);
    });

    it('an exception in a getter leaves no value behind', () => {
      const error = new Error('from the getter');
      const bad = { get x() { throw error; } };
      assert.equal(thrown(() => pkg.object_get(bad, 'x')), error);
      assert.equal(thrown(() => pkg.object_refused({}, bad)).code, 'ERR_LEND_TYPE');
      const failing = Object.defineProperty([], 0, { get() { throw error; } });
      assert.ok(thrown(() => pkg.object_converted({}, failing, {})) instanceof Error);
      assert.equal(pkg.object_converted({}, ['x'], {}), 1);
      assert.equal(lend.stats().objects, before);
    });

    for (const depth of [1, 2, 100, 300]) {
      it(`nests calls ${depth} deep`, () => {
        const object = {};
        const down = (value, left) => {
          assert.equal(value, object);
          return pkg.object_depth(value, left, down);
        };
        assert.equal(pkg.object_depth(object, depth, down), 1);
        const stop = new Error('enough');
        const throwing = (value, left) => {
          if (left === 0) throw stop;
          return pkg.object_depth(value, left, throwing);
        };
        assert.equal(thrown(() => pkg.object_depth(object, depth, throwing)), stop);
        assert.equal(lend.stats().objects, before);
      });
    }

    it('reads and writes properties', () => {
      const object = pkg.object_build();
      assert.deepEqual(object, {
        number: 1.5, flag: true, text: 'tëxt 🦀', big: 2n ** 64n - 1n, list: [7, null, 'pushed', undefined],
        keys: ['number', 'flag', 'text', 'big', 'list'], has: true,
      });
      const key = Symbol('key');
      assert.equal(pkg.object_get({ a: { b: 1 } }, 'a').b, 1);
      assert.equal(pkg.object_get_index(['x', 'y'], 1), 'y');
      assert.equal(pkg.object_get_by({ [key]: 5 }, key), 5);
      const list = [];
      pkg.object_set(list, 'length', 3);
      assert.equal(list.length, 3);
    });

    it('an operation that throws throws the same object', () => {
      assert.ok(thrown(() => pkg.object_get(undefined, 'x')) instanceof TypeError);
      assert.ok(thrown(() => pkg.object_set(Object.freeze({}), 'x', 1)) instanceof TypeError);
      assert.ok(thrown(() => pkg.object_call(5, null, null)) instanceof TypeError);
      assert.ok(thrown(() => pkg.object_construct(Math.max, null)) instanceof TypeError);
      assert.match(thrown(() => pkg.object_to(Symbol('s'))).message, /symbol/i);
      assert.ok(thrown(() => pkg.object_is({}, 5)) instanceof TypeError);
    });

    it('calls, constructs and inspects values', () => {
      const seen = [];
      const result = pkg.object_call(function f(...args) { seen.push(this, ...args); return f; }, 'this', { a: 1 });
      assert.equal(typeof result, 'function');
      assert.deepEqual(seen.map((each) => (typeof each === 'object' && each instanceof String ? String(each) : each)), ['this', { a: 1 }, 2, 'three']);
      assert.equal(pkg.object_construct(Date, 5).getTime(), 5);
      assert.deepEqual([pkg.object_is([], Array), pkg.object_is({}, Array)], [true, false]);
      assert.equal(pkg.object_as(1.5), 'Some(1.5) None None true');
      assert.equal(pkg.object_as(NaN), 'Some(NaN) None None false');
      assert.equal(pkg.object_as(false), 'None Some(false) None false');
      assert.equal(pkg.object_as('é'), 'None None Some("é") true');
      assert.equal(pkg.object_as({}), 'None None None true');
      assert.equal(pkg.object_to('12'), '12 12');
      assert.deepEqual([pkg.object_twice(NaN, NaN), pkg.object_same(NaN, NaN), pkg.object_same(0, -0)], [false, true, false]);
      assert.equal(pkg.object_described([1, 2, 3]), 'a plain Array of length 3');
      const date = new Date(7);
      assert.equal(pkg.object_through_js_value(date), date);
      assert.equal(pkg.object_through_js_value(5), 'takes an instance of Date; got 5');
    });

    it('lend.watch calls its listener when Rust releases the value', async () => {
      const called = [];
      const object = {};
      lend.watch(object, () => called.push('let go'));
      pkg.object_type(object);
      pkg.object_keep(object);
      pkg.object_keep(object);
      await null;
      assert.deepEqual(called, []);
      pkg.objects_let_go();
      await null;
      assert.deepEqual(called, ['let go']);
      pkg.object_drop(object);
      await null;
      assert.deepEqual(called, ['let go'], 'once');
      lend.watch(object, () => called.push('in its call'));
      pkg.object_drop(object);
      await null;
      assert.deepEqual(called, ['let go', 'in its call']);
      const stop = lend.watch(object, () => called.push('never'));
      stop();
      pkg.object_drop(object);
      await null;
      assert.equal(called.length, 2);
      refused(() => lend.watch(5, () => {}), 'ERR_LEND_TYPE', 'lend.watch() takes an object; got 5');
      refused(() => lend.watch({}, 5), 'ERR_LEND_TYPE', 'lend.watch() takes a function; got 5');
    });

    it('on_release calls its closure when JavaScript collects the object', { skip: !globalThis.gc && 'no gc()' }, async () => {
      const earlier = pkg.objects_told();
      (() => pkg.object_watched({}))();
      await collectGarbage(() => pkg.objects_told() > earlier);
      assert.equal(pkg.objects_told(), earlier + 1);
      refused(() => pkg.object_watched('text'), 'ERR_LEND_TYPE', 'on_release() takes an object, which can be collected; got the string "text"');
    });
  });

  if (globalThis.process?.env.WASM_LEND_UNWINDS !== '1') continue;
  it(`an unwinding panic leaves no value behind, ${target}`, () => {
    const before = lend.stats().objects;
    for (let i = 0; i < 100; i++) assert.equal(thrown(() => pkg.object_panic({}, { i })).code, 'ERR_LEND_PANIC');
    assert.equal(lend.stats().objects, before);
  });
}

it('reads the list of released values where Rust keeps it, from the first call on', async (test) => {
  const { lend, object_drop, object_keep, objects_let_go } = await loadCopy(test, 'web');
  const buffer = lend.alloc(Uint8Array, 1);
  const words = new Int32Array(buffer.view.buffer, 0, 2);
  words[0] = 77;
  object_drop(undefined);
  assert.equal(lend.objectTable().slab.length, 4, 'only the constants are in the slab');
  words[0] = 0;
  object_keep({});
  objects_let_go();
  assert.equal(lend.stats().objects, 0);
  buffer.free();
});
