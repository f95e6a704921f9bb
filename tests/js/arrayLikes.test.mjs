// What callers pass in place of a typed array.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, refused, TARGETS, thrown } from './packages.mjs';

const bytes = (...values) => new Uint8Array(values);

for (const target of TARGETS) {
  describe(`arrays as callers pass them, ${target}`, async () => {
    const pkg = await load(target);
    const { lend } = pkg;
    const { buffer } = bytes(9, 1, 2, 3, 9);
    const likes = {
      'pixels of a canvas': () => new Uint8ClampedArray(buffer, 1, 3),
      'an ArrayBuffer': () => buffer.slice(1, 4),
      'a DataView': () => new DataView(buffer, 1, 3),
      'an Array of numbers': () => [1, 2, 3],
    };
    for (const [name, like] of Object.entries(likes)) {
      it(`${name} is bytes for a slice, a buffer, a Vec and inside other values`, () => {
        assert.equal(pkg.sum(like()), 6);
        assert.deepEqual(pkg.vec_u8(like()), bytes(3, 2, 1));
        for (const buffer of [pkg.keep_u8(like()), pkg.take_u8(like())]) {
          assert.equal(pkg.sum(buffer), 6);
          buffer.free();
        }
        assert.deepEqual(pkg.nested([], [like(), new Uint16Array(4)])[1], 7);
        assert.equal(pkg.sum(new Uint8ClampedArray(2000)), 0);
      });
    }

    it('a typed array of bytes is clamped bytes', () => {
      assert.deepEqual(pkg.vec_clamped(bytes(1, 2)), new Uint8ClampedArray([2, 1]));
      assert.deepEqual(pkg.vec_clamped([300, -5, 1.5]), new Uint8ClampedArray([2, 0, 255]));
    });

    it('bytes are written back where they came from', () => {
      for (const make of [(buffer) => buffer, (buffer) => new DataView(buffer), (buffer) => new Uint8ClampedArray(buffer)]) {
        const { buffer } = bytes(1, 2, 3);
        pkg.reverse_u8(make(buffer));
        assert.deepEqual([...new Uint8Array(buffer)], [3, 2, 1]);
      }
      const { buffer } = new Uint8Array(5000).fill(7, 0, 1);
      pkg.reverse_u8(new DataView(buffer));
      assert.equal(new Uint8Array(buffer)[4999], 7);
      refused(() => pkg.reverse_u8([1, 2]), 'ERR_LEND_TYPE',
        'reverse_u8(): argument `values: &mut [u8]` takes a MutableBuffer<Uint8Array> or a Uint8Array; got a plain Array of length 2');
    });

    it('an ArrayBuffer that is written to is no other argument', () => {
      const { buffer } = bytes(1, 2, 3, 4);
      const shared = [[new Uint8Array(buffer), buffer], [buffer, new DataView(buffer, 2)], [new DataView(buffer), new Uint8ClampedArray(buffer, 3)]];
      for (const [one, other] of shared) {
        assert.equal(thrown(() => pkg.read_beside_written(one, other)).code, 'ERR_LEND_ALIASED');
        assert.equal(thrown(() => pkg.read_beside_written(other, one)).code, 'ERR_LEND_ALIASED');
      }
      pkg.read_beside_written(new DataView(buffer, 0, 2), new DataView(buffer, 2));
    });

    it('numbers of an Array are checked one by one', () => {
      assert.deepEqual(pkg.vec_f32([1.5, -0, NaN]), new Float32Array([NaN, -0, 1.5]));
      assert.deepEqual(pkg.vec_i64([-1n, 2n ** 63n - 1n]), new BigInt64Array([2n ** 63n - 1n, -1n]));
      assert.deepEqual(pkg.vec_i8([-128, 127]), new Int8Array([127, -128]));
      assert.equal(pkg.sum([]), 0);
      const at = (call, code, rest) => refused(call, code, rest);
      at(() => pkg.sum([1, 256]), 'ERR_LEND_RANGE', 'sum(): argument `values: &[u8]` [1] takes an element of a Uint8Array; got 256');
      at(() => pkg.sum([1.5]), 'ERR_LEND_RANGE', 'sum(): argument `values: &[u8]` [0] takes an element of a Uint8Array; got 1.5');
      at(() => pkg.sum([1, , 3]), 'ERR_LEND_TYPE', 'sum(): argument `values: &[u8]` [1] takes an element of a Uint8Array; got undefined');
      at(() => pkg.sum([1, '2']), 'ERR_LEND_TYPE', 'sum(): argument `values: &[u8]` [1] takes an element of a Uint8Array; got the string "2"');
      at(() => pkg.vec_u64([1]), 'ERR_LEND_TYPE', 'vec_u64(): argument `values: Vec<u64>` [0] takes an element of a BigUint64Array; got 1');
      at(() => pkg.vec_u64([-1n]), 'ERR_LEND_RANGE', 'vec_u64(): argument `values: Vec<u64>` [0] takes an element of a BigUint64Array; got the BigInt -1n');
      at(() => pkg.vec_f32([1n]), 'ERR_LEND_TYPE', 'vec_f32(): argument `values: Vec<f32>` [0] takes an element of a Float32Array; got the BigInt 1n');
    });

    it('a getter of an Array may throw, free an argument or call again', () => {
      const error = new Error('mine');
      const throwing = Object.defineProperty([1], 1, { get() { throw error; } });
      const refusal = thrown(() => pkg.sum(throwing));
      assert.equal(refusal.code, 'ERR_LEND_TYPE');
      assert.equal(refusal.cause, error);
      const target = lend.createMutableBuffer(new Float32Array(2));
      const freeing = Object.defineProperty([1, 1], 1, { get() { target.free(); return 1; } });
      assert.match(thrown(() => pkg.add_into(target, freeing)).code, /^ERR_LEND_(RELEASED|MOVED)$/);
      const calling = Object.defineProperty([1, 1], 1, { get() { return pkg.sum([2, 3]); } });
      refused(() => pkg.sum(calling), 'ERR_LEND_BORROWED', 'sum(): argument `values: &[u8]` cannot be read: a getter in it calls a function of this package');
      const endless = new Proxy([], { get: (_, name) => (name === 'length' ? 2 ** 53 : 1) });
      assert.equal(thrown(() => pkg.sum(endless)).code, 'ERR_LEND_TYPE');
    });

    it('a getter cannot overwrite an argument that was read before', () => {
      const calling = Object.defineProperty([5, 6], 0, { get() { return pkg.sum(new Uint8Array([9, 9, 9])) && 5; } });
      assert.equal(thrown(() => pkg.two_slices(new Uint8Array([1, 2]), calling)).code, 'ERR_LEND_BORROWED');
      assert.deepEqual(pkg.two_slices([1, 2], [3]), bytes(1, 2, 3));
      // Nor one that the function is about to take, also if the other call is refused.
      for (const again of [() => pkg.take_two([7, 7], [8]), () => pkg.sum(pkg.vec_u8([9])), () => thrown(() => pkg.take_two([7], 'x'))]) {
        const nested = Object.defineProperty([5, 6], 0, { get: () => again() && 5 });
        assert.equal(thrown(() => pkg.take_two(bytes(1, 2), nested)).code, 'ERR_LEND_BORROWED');
      }
      assert.deepEqual(pkg.take_two(bytes(1, 2), [3]), bytes(1, 2, 3));
      assert.deepEqual(pkg.take_two([1, 2], lend.createMutableBuffer(bytes(3))), bytes(1, 2, 3));
      const buffer = new Uint8Array([7, 7, 7]);
      const valueOf = () => pkg.sum(new Uint8Array([9])) && pkg.byte_length('long') && 3;
      assert.equal(pkg.coerced_beside_slices(buffer, 'text', {}, { valueOf }), 'text');
      assert.deepEqual(buffer, bytes(3, 3, 3));
      const { objects } = lend.stats();
      const error = new Error('mine');
      assert.equal(thrown(() => pkg.coerced_beside_slices(buffer, 'text', {}, { valueOf() { throw error; } })), error);
      assert.equal(lend.stats().objects, objects);
    });

    it('nothing is written to memory that a call has freed, or to all of it', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array(300));
      const made = pkg.fill_and_end(buffer.view, [buffer]);
      assert.deepEqual(new Set(made.view), new Set([1]));
      for (const value of [made.view.buffer, new DataView(made.view.buffer), new Uint8Array(made.view.buffer)]) {
        assert.equal(thrown(() => pkg.reverse_u8(value)).code, 'ERR_LEND_TYPE');
      }
      pkg.reverse_u8(made.view);
      made.free();
      const length = new Proxy([], { get: (_, name) => (name === 'length' ? new ArrayBuffer(8) : 1) });
      assert.equal(pkg.sum(length), 0);
    });

    it('a view is written to, although its handle was that of a buffer which has ended during another call', () => {
      const outer = lend.createMutableBuffer(bytes(1, 2, 3));
      pkg.set_callback(() => {
        for (let i = 0; i < 2500; i++) {
          const inner = lend.createMutableBuffer(bytes(1, 2, 3));
          pkg.reverse_u8(inner.view);
          assert.deepEqual([...inner.view], [3, 2, 1], `buffer ${i}`);
          inner.free();
        }
      });
      pkg.exclusive_while(outer.view);
      assert.deepEqual([...outer.view], [3, 2, 3]);
      outer.free();
    });

    it('what has other bytes is refused', () => {
      const lost = new ArrayBuffer(4);
      structuredClone(lost, { transfer: [lost] });
      for (const value of [lost, new Int8Array(2), { length: 1e9 }, { byteLength: 3, buffer }, new Map([[1, 2]])]) {
        assert.equal(thrown(() => pkg.sum(value)).code, 'ERR_LEND_TYPE');
      }
      for (const value of [new ArrayBuffer(4), new DataView(new ArrayBuffer(4)), new Uint8ClampedArray(4)]) {
        assert.equal(thrown(() => pkg.vec_f32(value)).code, 'ERR_LEND_TYPE');
      }
    });
  });
}
