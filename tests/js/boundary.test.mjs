// Every kind of argument and result, in every package that Node can load.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, shared, TARGETS } from './packages.mjs';

/** What wasm-bindgen exports for the threads of a package for Node. */
const FOR_THREADS = shared ? ['__wbg_get_imports', '__wasm', '__wbg_wasm_module', '__wbg_memory'] : [];

const ELEMENTS = [
  ['u8', Uint8Array, [1, 128, 255]],
  ['i8', Int8Array, [1, -128, 127]],
  ['u16', Uint16Array, [1, 256, 65535]],
  ['i16', Int16Array, [1, -32768, 32767]],
  ['u32', Uint32Array, [1, 65536, 4294967295]],
  ['i32', Int32Array, [1, -2147483648, 2147483647]],
  ['u64', BigUint64Array, [1n, 2n ** 32n, 2n ** 64n - 1n]],
  ['i64', BigInt64Array, [1n, -(2n ** 63n), 2n ** 63n - 1n]],
  ['f32', Float32Array, [1, -0.5, NaN]],
  ['f64', Float64Array, [1, 1e300, -Infinity]],
  ['clamped', Uint8ClampedArray, [1, 128, 255]],
];

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;

  describe(`the boundary, ${target}`, () => {
    it('runs the tutorial: sum and product over one buffer, without a copy', () => {
      const values = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
      const { copiedBytes } = lend.stats();
      assert.equal(pkg.sum(values), 55);
      assert.equal(pkg.product(values), 0, '10! is a multiple of 256');
      assert.equal(pkg.address_of(values), pkg.address_of(values));
      assert.equal(pkg.address_of(values), values.view.byteOffset);
      assert.equal(lend.stats().copiedBytes, copiedBytes);
    });

    it('takes a plain typed array and copies it once', () => {
      const { copiedBytes, handles } = lend.stats();
      assert.equal(pkg.sum(new Uint8Array([250, 7])), 1);
      assert.equal(pkg.sum(new Uint8Array(0)), 0);
      assert.equal(pkg.sum(new Uint8Array([9, 9, 1, 2, 9]).subarray(2, 4)), 3);
      assert.equal(pkg.sum(new Uint8Array(300_000).fill(1)), 300_000 % 256);
      assert.deepEqual([lend.stats().copiedBytes, lend.stats().handles], [copiedBytes + 300_004, handles]);
    });

    it('copies changes back to a plain array', () => {
      for (const length of [0, 1, 31, 32, 33, 100_000]) {
        const samples = new Float32Array(length).fill(1.5);
        pkg.scale(samples, 2);
        assert.deepEqual(samples, new Float32Array(length).fill(3));
      }
    });

    it('both sides see what is written to a mutable buffer', () => {
      const samples = lend.createMutableBuffer(new Float32Array([1, 2]));
      pkg.scale(samples, 2);
      assert.deepEqual([...samples.view], [2, 4]);
      samples.view[0] = 10;
      pkg.scale(samples, 0.5);
      assert.deepEqual([...samples.view], [5, 2]);
    });

    it('takes two slices in any mix of buffers and plain arrays', () => {
      const from = lend.createReadOnlyBuffer(new Float32Array([10, 20]));
      const to = lend.createMutableBuffer(new Float32Array([1, 2]));
      pkg.add_into(to, from);
      pkg.add_into(to, new Float32Array([100, 200]));
      assert.deepEqual([...to.view], [111, 222]);
      const plain = new Float32Array([1, 2]);
      pkg.add_into(plain, from);
      pkg.add_into(plain, new Float32Array([100, 200]));
      assert.deepEqual([...plain], [111, 222]);
      const [one, other] = [new Uint8Array([1, 2]), new Uint8Array([3, 4])];
      pkg.swap(one, other);
      assert.deepEqual([[...one], [...other]], [[3, 4], [1, 2]]);
    });

    it('takes a buffer and a view over its own memory as plain arrays', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
      assert.equal(pkg.sum(buffer.view), 6);
      assert.equal(pkg.compare(buffer, buffer), false, 'the same buffer may be read twice');
      const large = lend.createReadOnlyBuffer(new Uint8Array(3_000_000).fill(1));
      // The copy makes memory grow. That detaches the view that it copies from.
      assert.equal(pkg.vec_u8(large.view).length, 3_000_000);
      assert.equal(pkg.sum(large.view), 3_000_000 % 256);
    });

    it('writes back to a view of wasm memory that growth has detached', { skip: shared }, () => {
      // Longer than all scratch memory so far, so that the copy makes memory grow.
      const buffer = lend.createMutableBuffer(new Float32Array(4_000_000).fill(1.5));
      const { view } = buffer;
      pkg.scale(view, 2);
      assert.equal(view.length, 0, 'memory has grown');
      assert.ok(buffer.view.every((sample) => sample === 3));
      buffer.free();
    });

    for (const [name, Type, values] of ELEMENTS) {
      it(`passes ${Type.name} in both directions, in every kind of argument and result`, () => {
        const array = Type.from(values);
        const reversed = Type.from(values.toReversed());
        for (const make of [(a) => a, lend.createReadOnlyBuffer, lend.createMutableBuffer]) {
          const last = pkg[`last_${name}`](make(array));
          assert.ok(last instanceof Type);
          assert.deepEqual(last, array.slice(-1));
        }
        for (const plain of [true, false]) {
          const argument = plain ? array.slice() : lend.createMutableBuffer(array);
          pkg[`reverse_${name}`](argument);
          assert.deepEqual(plain ? argument : argument.view, reversed);
        }
        for (const argument of [array, lend.createReadOnlyBuffer(array)]) {
          const kept = pkg[`keep_${name}`](argument);
          assert.ok(kept instanceof pkg.ReadOnlyBuffer);
          assert.deepEqual(kept.view, array);
        }
        for (const argument of [array, lend.createMutableBuffer(array)]) {
          const taken = pkg[`take_${name}`](argument);
          assert.ok(taken instanceof pkg.MutableBuffer);
          assert.deepEqual(taken.view, reversed);
        }
        for (const argument of [array, lend.createMutableBuffer(array)]) {
          assert.deepEqual(pkg[`vec_${name}`](argument), reversed);
        }
        assert.deepEqual(lend.alloc(Type, 3).view, new Type(3));
        assert.deepEqual(array, Type.from(values), 'the plain array has not changed');
      });
    }

    it('passes every scalar in both directions', () => {
      const kinds = {
        u8: [0, 255], i8: [-128, 127], u16: [0, 65535], i16: [-32768, 32767], u32: [0, 4294967295],
        i32: [-2147483648, 2147483647], f32: [0.5, -Infinity, NaN], f64: [0.1, 1e300, NaN, -0], bool: [true, false],
      };
      for (const [kind, values] of Object.entries(kinds)) {
        for (const value of values) assert.ok(Object.is(pkg[`same_${kind}`](value), value), `${kind} ${value}`);
      }
      assert.equal(pkg.same_f32(0.1), Math.fround(0.1));
      assert.equal(pkg.nothing(), undefined);
      assert.equal(pkg.nothing_explicit(), undefined);
    });

    it('exports exactly the exported functions', () => {
      assert.equal(pkg.odd_names(1, 2, 3), 6);
      assert.equal(pkg.private_export(new Uint8Array([5])), 5);
      for (const name of ['not_exported', 'not_exported_either', 'configured_out_before', 'configured_out_after']) {
        assert.equal(pkg[name], undefined, name);
      }
      assert.deepEqual(Object.keys(pkg).filter((name) => /^_|\$/.test(name) && !FOR_THREADS.includes(name)), []);
    });
  });
}
