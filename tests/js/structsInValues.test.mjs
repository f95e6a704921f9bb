// Structs and mutable buffers inside other values, and what callbacks get and return.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  describe(`structs in values, ${target}`, async () => {
    const pkg = await load(target);
    const { Item, lend } = pkg;
    const values = (items) => items.map((item) => item?.value);
    const three = () => [new Item(1), new Item(2), new Item(3)];

    it('a list of instances moves into Rust', () => {
      const items = three();
      assert.equal(pkg.items_sum(items), 6);
      for (const item of items) assert.equal(thrown(() => item.value).code, 'ERR_LEND_MOVED');
      assert.equal(thrown(() => pkg.items_sum(items)).message, 'items_sum(): argument `items: Vec<Item>` [0] takes an instance of Item; got one that was moved into Rust');
      assert.equal(pkg.items_sum([]), 0);
    });

    it('a refused call leaves every instance to JavaScript', () => {
      const before = lend.stats().buffers;
      const items = three();
      const refuse = (argument, code, message) => {
        const error = thrown(() => pkg.items_sum(argument));
        assert.equal(error.code, code, error.message);
        assert.match(error.message, message);
        assert.deepEqual(values(items), [1, 2, 3]);
      };
      refuse([...items, 4], 'ERR_LEND_TYPE', /\[3\] takes an instance of Item; got 4/);
      refuse([...items, items[0]], 'ERR_LEND_BORROWED', /\[3\] takes an instance of Item; got one that is borrowed, or that this call has been given already/);
      refuse([items[0], { get value() { return 1; } }], 'ERR_LEND_TYPE', /\[1\] takes an instance of Item; got a plain object/);
      const freed = new Item(1);
      freed.free();
      refuse([...items, freed], 'ERR_LEND_RELEASED', /\[3\] takes an instance of Item; got one that was freed/);
      assert.match(thrown(() => pkg.items_and_tail(items, [1, 'x'])).message, /argument `tail: \(u8, u8\)` \[1\] takes a whole number/);
      assert.deepEqual(values(items), [1, 2, 3]);
      const throwing = [items[0], items[1]];
      Object.defineProperty(throwing, 2, { get() { throw new Error('no'); } });
      refuse(throwing, 'ERR_LEND_TYPE', /\[2\] cannot be read/);
      assert.equal(pkg.items_and_tail(items, [1, 2]), 9);
      assert.equal(lend.stats().buffers, before);
    });

    it('an instance that a getter of a later item frees is still moved', () => {
      const items = three();
      const list = [items[0]];
      Object.defineProperty(list, 1, { get() { items[0].free(); return items[1]; } });
      assert.equal(pkg.items_sum(list), 3);
      assert.equal(items[2].value, 3);
    });

    it('options, boxes, tuples, holes and maps have instances', () => {
      assert.equal(pkg.items_optional(undefined), undefined);
      assert.deepEqual(values(pkg.items_optional(three())), [1, 2, 3]);
      assert.deepEqual(values(pkg.items_boxed(three())), [1, 2, 3]);
      const [number, item] = pkg.items_pair([new Item(5), 1.5]);
      assert.deepEqual([number, item.value], [1.5, 5]);
      assert.deepEqual(values(pkg.items_holes([new Item(1), undefined, null])), [1, undefined, undefined]);
      const map = pkg.items_by_name({ b: new Item(2), a: new Item(1) });
      assert.ok(map instanceof Map);
      assert.deepEqual([...map].map(([name, { value }]) => [name, value]), [['a', 1], ['b', 2]]);
      assert.deepEqual([...pkg.items_by_name(new Map([['c', new Item(3)]])).keys()], ['c']);
      assert.deepEqual(pkg.counts_by_number(new Map([[7, 0.5]])), new Map([[7, 0.5]]));
    });

    it('what is no map, key or value is refused', () => {
      const message = (argument, f = pkg.items_by_name) => thrown(() => f(argument)).message;
      assert.match(message([]), /takes a Map or a plain object; got an empty Array|takes a Map or a plain object; got a plain Array/);
      assert.match(message('x'), /takes a Map or a plain object; got the string "x"/);
      assert.match(message(new Date()), /takes a Map or a plain object/);
      const kept = new Item(1);
      assert.match(message({ a: kept, b: 2 }), /takes an instance of Item; got 2/);
      assert.equal(kept.value, 1);
      assert.match(message({ a: 1 }, pkg.counts_by_number), /takes a whole number from 0 to 4294967295/);
      assert.match(message({ get a() { throw new Error('no'); } }), /cannot be read/);
    });

    it('methods take and return lists of their class', () => {
      const item = new Item(1);
      item.merge([new Item(2), new Item(3)]);
      assert.equal(item.value, 6);
      assert.match(thrown(() => item.merge([item])).message, /is borrowed/);
      assert.equal(item.value, 6);
      assert.deepEqual(values(item.split()), [3, 3]);
    });

    it('callbacks get and return instances and other values', () => {
      let got;
      const result = pkg.callback_of_item((item, none, list) => {
        got = [item.value, none, values(list)];
        return item;
      });
      assert.deepEqual([got, result.value], [[1, undefined, [2, 3]], 1]);
      assert.equal(thrown(() => pkg.callback_of_item(() => 5)).message, 'callback_of_item(): argument `f: Callback<\'_, (Item, Option<Item>, Vec<Item>), Item>`: its result: takes an instance of Item; got 5');
      const items = three();
      assert.equal(pkg.callback_of_items(() => items), 6);
      const others = three();
      assert.match(thrown(() => pkg.callback_of_items(() => [...others, 1])).message, /its result: \[3\] takes an instance of Item; got 1/);
      assert.deepEqual(values(others), [1, 2, 3]);
      assert.equal(pkg.callback_of_values((...args) => {
        got = args;
        return 1;
      }), 1);
      assert.deepEqual(got, [null, true, [1, 'x'], undefined, ['y'], new Map([['a', 1.5]])]);
      assert.equal(pkg.callback_of_serde(([one, two]) => one + two), 3);
      const error = new Error('mine');
      assert.equal(thrown(() => pkg.callback_of_values(() => { throw error; })), error);
    });

    it('callbacks have up to twelve parameters', () => {
      let got;
      assert.equal(pkg.callback_of_nine((...args) => {
        got = args.map((arg) => (arg instanceof Item ? arg.value : arg?.view ? [...arg.view] : arg));
        return 2.5;
      }), 2.5);
      assert.deepEqual(got, [1, true, 'three', 4n, 5.5, -6, [7], 8, 9]);
    });

    it('a callback returns a promise', async () => {
      assert.equal(await pkg.callback_of_promise(async () => 7), 7);
      assert.match(thrown(() => pkg.callback_of_promise(() => 7)).message, /its result: takes an instance of Promise; got 7/);
    });

    it('a list of functions, and numbers that are not 0', () => {
      const error = new Error('mine');
      assert.equal(pkg.call_all([(x) => x + 1, (x) => x + 2]), 5);
      assert.equal(thrown(() => pkg.call_all([() => 1, () => { throw error; }])), error);
      assert.match(thrown(() => pkg.call_all([() => 1, 5])).message, /\[1\] takes a function; got 5/);
      assert.match(thrown(() => pkg.call_all([() => 'x'])).message, /a function in a list.*its result/);
      assert.deepEqual([pkg.not_zero(5), pkg.not_zero(5, -7n)], [5n, -7n]);
      assert.equal(thrown(() => pkg.not_zero(0)).code, 'ERR_LEND_RANGE');
      assert.match(thrown(() => pkg.not_zero(5, 0n)).message, /takes a number that is not 0; got the BigInt 0n/);
    });

    it('mutable buffers in a list move into Rust, or stay', () => {
      const refused = (call, code, message) => {
        const error = thrown(call);
        assert.equal(error.code, code);
        assert.match(error.message, message);
      };
      const make = (byte) => lend.createMutableBuffer(new Uint8Array([byte]));
      const list = [make(1), make(2)];
      refused(() => pkg.buffers_in_list([...list, 3], [1, 1]), 'ERR_LEND_TYPE', /\[2\] takes a MutableBuffer<Uint8Array> or a Uint8Array; got 3/);
      refused(() => pkg.buffers_in_list([...list, list[0]], [1, 1]), 'ERR_LEND_MOVED', /\[2\] takes a MutableBuffer<Uint8Array>; got one that was moved into Rust/);
      const freed = make(3);
      freed.free();
      refused(() => pkg.buffers_in_list([freed], [1, 1]), 'ERR_LEND_RELEASED', /\[0\] takes a MutableBuffer<Uint8Array>; got one that was freed/);
      refused(() => pkg.buffers_in_list(list, [1, -1]), 'ERR_LEND_RANGE', /\[1\]/);
      assert.deepEqual(list.map(({ view }) => view[0]), [1, 2]);
      const back = pkg.buffers_in_list([...list, new Uint8Array([9])], [10, 0]);
      assert.deepEqual(back.map(({ view }) => view[0]), [11, 12, 19]);
      for (const buffer of list) assert.equal(thrown(() => buffer.view).code, 'ERR_LEND_MOVED');
      for (const buffer of back) buffer.free();
    });
  });
}
