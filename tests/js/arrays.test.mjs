// Arrays with several axes, half floats, and buffers with an owner in Rust.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, refused, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const six = () => lend.createMutableBuffer(new Float32Array([1, 2, 3, 4, 5, 6]));
  const matrix = () => six().reshape([2, 3]);

  describe(`arrays, ${target}`, () => {
    it('reshape() gives a buffer another shape over the same memory', () => {
      const flat = six();
      assert.deepEqual([flat.shape, flat.strides], [[6], [1]]);
      const shaped = flat.reshape([1, 2, 3]);
      assert.deepEqual([shaped.shape, shaped.strides], [[1, 2, 3], [6, 3, 1]]);
      assert.equal(shaped.view.byteOffset, flat.view.byteOffset);
      assert.deepEqual(flat.shape, [6]);
      refused(() => flat.reshape([7]), 'ERR_LEND_RANGE', 'MutableBuffer.reshape(): [7] are 7 elements; the buffer has 6');
      assert.equal(thrown(() => flat.reshape([-1, -6])).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => flat.reshape(6)).code, 'ERR_LEND_TYPE');
      assert.equal(flat.holders, 2, 'a shape that does not fit leaves nothing behind');
    });

    it('Rust takes and returns matrices with their shape', () => {
      const transposed = pkg.transpose(matrix());
      assert.deepEqual([transposed.shape, transposed.strides], [[3, 2], [1, 3]]);
      const outer = pkg.outer(new Float32Array([1, 2]), lend.createReadOnlyBuffer(new Float32Array([3, 4, 5])));
      assert.deepEqual([outer.shape, outer.toArray()], [[2, 3], [3, 4, 5, 6, 8, 10]]);
      pkg.set_diagonal(outer, 0);
      assert.deepEqual(outer.toArray(), [0, 4, 5, 6, 0, 10]);
      assert.deepEqual(pkg.sum_axis(outer, 0).toArray(), [6, 4, 15]);
      assert.equal(thrown(() => pkg.sum_axis(outer, 2)).message, 'no axis 2 of 2');
      assert.deepEqual(pkg.sum_axis(outer.freeze(), 1).toArray(), [9, 16], 'frozen, with its shape');
      assert.equal(pkg.in_cube(six().reshape([1, 2, 3]), 0, 1, 2), 6);
      assert.equal(pkg.corner(null), undefined);
      assert.equal(pkg.corner(matrix()), 1);
    });

    it('moves a matrix in both directions without a copy and keeps its strides', () => {
      const given = matrix();
      const address = given.view.byteOffset;
      // `reshape` made a sub-buffer, which costs one copy. The result is a whole.
      const once = pkg.transpose_in_place(given);
      assert.equal(given.moved, true);
      assert.deepEqual([once.shape, once.strides], [[3, 2], [1, 3]]);
      assert.notEqual(once.view.byteOffset, address);
      const there = once.view.byteOffset;
      const twice = pkg.transpose_in_place(once);
      assert.equal(twice.view.byteOffset, there);
      assert.deepEqual([twice.shape, twice.strides, twice.toArray()], [[2, 3], [3, 1], [1, 2, 3, 4, 5, 6]]);
      assert.deepEqual(pkg.row(twice, 1).toArray(), [4, 5, 6]);
    });

    it('refuses an array with the wrong number of axes and changes nothing', () => {
      const flat = six();
      const takes = 'transpose(): argument `matrix: ArrayView2<f32>` takes a ReadOnlyBuffer<Float32Array> or a MutableBuffer<Float32Array> '
        + 'of 2 axes (reshape() gives it a shape)';
      refused(() => pkg.transpose(flat), 'ERR_LEND_TYPE', `${takes}; got a MutableBuffer<Float32Array> of length 6`);
      refused(
        () => pkg.transpose(flat.reshape([1, 2, 3])),
        'ERR_LEND_TYPE',
        `${takes}; got a MutableBuffer<Float32Array> of length 6 and shape [1, 2, 3]`,
      );
      assert.equal(thrown(() => pkg.transpose_in_place(flat)).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => pkg.transpose(lend.alloc(Uint8Array, 4).reshape([2, 2]))).code, 'ERR_LEND_TYPE');
      assert.equal(flat.moved, false);
      assert.equal(lend.stats().borrows, 0);
      const borrowed = matrix();
      pkg.set_diagonal(borrowed, 1);
      assert.equal(thrown(() => pkg.set_diagonal(borrowed.freeze(), 1)).code, 'ERR_LEND_TYPE');
    });

    it('passes half floats as a Float16Array, or as their bits in engines without Float16Array', () => {
      const counted = pkg.count_in_halves(4);
      const hasHalves = 'Float16Array' in globalThis;
      assert.deepEqual(counted.toArray(), hasHalves ? [0, 1, 2, 3] : [0, 0x3c00, 0x4000, 0x4200]);
      const buffer = lend.alloc('f16', 1);
      buffer.view[0] = hasHalves ? 1.5 : 0x3e00;
      pkg.scale_halves(buffer, 2);
      assert.equal(buffer.view[0], hasHalves ? 3 : 0x4200);
      assert.equal(thrown(() => pkg.scale_halves(lend.alloc(Uint16Array, 1), 2)).code, 'ERR_LEND_TYPE');
    });

    it('from_owner makes a buffer of an existing allocation', () => {
      for (const owner of ['Box', 'Arc', 'static', 'Bytes']) {
        const buffer = pkg.of_owner(owner);
        assert.deepEqual(buffer.toArray(), [1, 2, 3], owner);
        assert.equal(pkg.address_of_bytes(buffer), buffer.view.byteOffset, owner);
        buffer.free();
      }
    });
  });
}
