// `&[T; N]` and `&mut [T; N]`: borrowed as slices are, of one length.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const { determinant, transpose_square, add_rows, maybe_first, address_of_array, address, lend } = await load(target);

  describe(`arrays of a fixed length, ${target}`, () => {
    it('borrows a buffer of that length without a copy', () => {
      const values = lend.alloc(Uint32Array, 3);
      const first = address_of_array(values);
      assert.equal(first, values.view.byteOffset);
      const matrix = lend.createReadOnlyBuffer(new Float32Array([1, 2, 3, 4]));
      assert.equal(determinant(matrix), -2);
      const square = lend.alloc(Float64Array, 4);
      square.view.set([1, 2, 3, 4]);
      transpose_square(square);
      assert.deepEqual([...square.view], [1, 3, 2, 4]);
      square.free();
      matrix.free();
      values.free();
    });

    it('copies a plain typed array in, and back out of an exclusive borrow', () => {
      assert.equal(determinant(new Float32Array([2, 0, 0, 2])), 4);
      const matrix = new Float64Array([1, 2, 3, 4]);
      transpose_square(matrix);
      assert.deepEqual([...matrix], [1, 3, 2, 4]);
      const into = new Int16Array([1, 1]);
      add_rows(into, new Int16Array([1, 2, 3, 4]));
      assert.deepEqual([...into], [4, 8]);
    });

    it('passes an absent array as None', () => {
      assert.equal(maybe_first(undefined), undefined);
      assert.equal(maybe_first(new Uint8ClampedArray([7])), 7);
    });

    it('borrows a sub-buffer of that length', () => {
      const whole = lend.alloc(Uint32Array, 8);
      const sub = whole.subarray(2, 5);
      assert.equal(address_of_array(sub), whole.view.byteOffset + 8);
      sub.free();
      whole.free();
    });

    it('refuses another length, and leaves nothing borrowed', () => {
      const takes = 'takes a ReadOnlyBuffer<Float32Array>, a MutableBuffer<Float32Array> or a Float32Array, of length 4';
      const long = lend.alloc(Float32Array, 5);
      for (const [matrix, length] of [[new Float32Array(3), 3], [new Float32Array(0), 0], [long, 5]]) {
        const error = thrown(() => determinant(matrix));
        assert.equal(error.code, 'ERR_LEND_RANGE');
        assert.equal(error.message, `determinant(): argument \`matrix: &[f32; 4]\` ${takes}; got one of length ${length}`);
      }
      const error = thrown(() => add_rows(new Int16Array(2), new Int16Array(3)));
      assert.equal(
        error.message,
        'add_rows(): argument `rows: &[i16; CELLS]` takes a ReadOnlyBuffer<Int16Array>, a MutableBuffer<Int16Array> or a Int16Array, of length CELLS; '
          + 'got one of length 3',
      );
      assert.equal(thrown(() => maybe_first(new Uint8ClampedArray(2))).code, 'ERR_LEND_RANGE');
      assert.equal(lend.stats().borrows, 0);
      long.free();
    });

    it('refuses another element type, as a slice does', () => {
      const error = thrown(() => transpose_square(new Float32Array(4)));
      assert.equal(error.code, 'ERR_LEND_TYPE');
      assert.equal(
        error.message,
        'transpose_square(): argument `matrix: &mut [f64; 4]` takes a MutableBuffer<Float64Array> or a Float64Array, of length 4; got a Float32Array of length 4',
      );
    });

    it('refuses the same memory twice', () => {
      const rows = lend.alloc(Int16Array, 4);
      const sub = rows.subarray(0, 2);
      assert.equal(thrown(() => add_rows(sub, rows)).code, 'ERR_LEND_ALIASED');
      sub.free();
      rows.free();
    });
  });
}
