// Bad input throws a LendError. Each test checks the code and the whole message, that the instance still works, and that nothing stays
// borrowed.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, loadCopy, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, LendError } = pkg;

  /** @param {() => unknown} call @param {string} code @param {string} message */
  function refused(call, code, message) {
    const error = thrown(call);
    assert.ok(error instanceof LendError && error instanceof Error, String(error));
    assert.deepEqual({ code: error.code, message: error.message }, { code, message });
    assert.equal(error.name, 'LendError');
  }

  /** Asserts that a buffer can be written to, so that nothing borrows it. */
  const isFree = (buffer) => pkg.scale(buffer, 1);
  const bytes = (...values) => new Uint8Array(values);

  const SUM = 'sum(): argument `values: &[u8]`';
  const SUM_TAKES = `${SUM} takes a ReadOnlyBuffer<Uint8Array>, a MutableBuffer<Uint8Array> or a Uint8Array`;
  const SCALE = 'scale(): argument `samples: &mut [f32]`';
  const SCALE_TAKES = `${SCALE} takes a MutableBuffer<Float32Array> or a Float32Array`;

  describe(`refusals, ${target}`, () => {
    it('refuses numbers that the type does not have', () => {
      const samples = lend.createMutableBuffer(new Float32Array(1));
      const whole = (name, value, low, high) => {
        const message = `same_${name}(): argument \`value: ${name}\` takes a whole number from ${low} to ${high}; got ${value}`;
        refused(() => pkg[`same_${name}`](value), 'ERR_LEND_RANGE', message);
      };
      for (const value of [300, -1, 1.5, NaN, Infinity]) whole('u8', value, 0, 255);
      whole('i8', 128, -128, 127);
      whole('u16', 65536, 0, 65535);
      whole('i16', -32769, -32768, 32767);
      whole('u32', 4294967296, 0, 4294967295);
      whole('u32', -1, 0, 4294967295);
      whole('i32', 2147483648, -2147483648, 2147483647);
      whole('i32', 1.5, -2147483648, 2147483647);
      isFree(samples);
    });

    it('refuses values that are not numbers and converts nothing', () => {
      const tricky = { valueOf() { throw new Error('converted'); } };
      const values = [
        ['5', 'the string "5"'], [null, 'null'], [undefined, 'undefined'], [5n, 'the BigInt 5n'], [true, 'true'],
        [Symbol('s'), 'a symbol'], [tricky, 'a plain object'], [[5], 'a plain Array of length 1'],
      ];
      for (const [value, shown] of values) {
        const got = `same_u8(): argument \`value: u8\` takes a whole number from 0 to 255; got ${shown}`;
        refused(() => pkg.same_u8(value), 'ERR_LEND_TYPE', got);
        const float = `same_f64(): argument \`value: f64\` takes a number; got ${shown}`;
        refused(() => pkg.same_f64(value), 'ERR_LEND_TYPE', float);
      }
      refused(() => pkg.same_bool(1), 'ERR_LEND_TYPE', 'same_bool(): argument `value: bool` takes true or false; got 1');
    });

    it('refuses values that are not buffers', () => {
      const values = [
        [null, 'null'], [undefined, 'undefined'], [5, '5'], ['text', 'the string "text"'], [{}, 'a plain object'],
        [{ length: 3, view: bytes(1, 2, 3), byteLength: 3, $lent: true }, 'a plain object'],
        [new Map(), 'an object of class Map'], [Object.create(null), 'a plain object'], [() => 1, 'a function'],
        [new Float32Array(3), 'a Float32Array of length 3'], [new Int8Array(3), 'a Int8Array of length 3'],
      ];
      for (const [value, shown] of values) {
        refused(() => pkg.sum(value), 'ERR_LEND_TYPE', `${SUM_TAKES}; got ${shown}`);
      }
      const forged = Object.create(pkg.ReadOnlyBuffer.prototype);
      refused(() => pkg.sum(forged), 'ERR_LEND_TYPE', `${SUM_TAKES}; got an object of class ReadOnlyBuffer`);
      const hostile = new Proxy({}, { get() { throw new TypeError('trap'); }, getPrototypeOf() { throw new TypeError('trap'); } });
      refused(() => pkg.sum(hostile), 'ERR_LEND_TYPE', `${SUM_TAKES}; got an object`);
      assert.equal(pkg.sum(bytes(1, 2)), 3);
    });

    it('refuses a buffer of another element type, and a read-only buffer that would be written to', () => {
      const floats = lend.createMutableBuffer(new Float32Array(2));
      const frozen = lend.createReadOnlyBuffer(new Float32Array(2));
      refused(() => pkg.sum(floats), 'ERR_LEND_TYPE', `${SUM_TAKES}; got a MutableBuffer<Float32Array> of length 2`);
      refused(() => pkg.scale(frozen, 1), 'ERR_LEND_TYPE', `${SCALE_TAKES}; got a ReadOnlyBuffer<Float32Array> of length 2`);
      refused(
        () => pkg.keep_f32(floats),
        'ERR_LEND_TYPE',
        'keep_f32(): argument `values: Buffer<f32>` takes a ReadOnlyBuffer<Float32Array> (freeze() makes one of a '
          + 'MutableBuffer) or a Float32Array; got a MutableBuffer<Float32Array> of length 2',
      );
      refused(
        () => pkg.vec_f32(frozen),
        'ERR_LEND_TYPE',
        'vec_f32(): argument `values: Vec<f32>` takes a MutableBuffer<Float32Array> or a Float32Array; got a '
          + 'ReadOnlyBuffer<Float32Array> of length 2',
      );
      isFree(floats);
    });

    it('refuses a freed buffer', () => {
      const buffer = lend.createReadOnlyBuffer(bytes(1, 2, 3));
      buffer.free();
      buffer.free();
      assert.equal(buffer.freed, true);
      assert.equal(buffer.moved, false);
      refused(() => pkg.sum(buffer), 'ERR_LEND_RELEASED', `${SUM}: the buffer was freed`);
      refused(() => buffer.view, 'ERR_LEND_RELEASED', 'ReadOnlyBuffer.view: the buffer was freed');
      refused(() => buffer.length, 'ERR_LEND_RELEASED', 'ReadOnlyBuffer.length: the buffer was freed');
      assert.equal(String(buffer), 'a freed ReadOnlyBuffer<Uint8Array>');
    });

    it('refuses a moved buffer', () => {
      const buffer = lend.createMutableBuffer(bytes(1, 2, 3));
      assert.deepEqual([...pkg.vec_u8(buffer)], [3, 2, 1]);
      assert.equal(buffer.moved, true);
      const moved = 'the buffer was moved into Rust, or frozen';
      refused(() => pkg.sum(buffer), 'ERR_LEND_MOVED', `${SUM}: ${moved}`);
      refused(() => pkg.vec_u8(buffer), 'ERR_LEND_MOVED', `vec_u8(): argument \`values: Vec<u8>\`: ${moved}`);
      refused(() => buffer.freeze(), 'ERR_LEND_MOVED', `MutableBuffer.freeze(): ${moved}`);
      const frozen = lend.createMutableBuffer(bytes(1));
      frozen.freeze().free();
      refused(() => pkg.sum(frozen), 'ERR_LEND_MOVED', `${SUM}: ${moved}`);
    });

    it('refuses a buffer of another instance of the same module', async (test) => {
      const other = await loadCopy(test, target);
      const buffer = other.lend.createReadOnlyBuffer(bytes(1, 2, 3));
      const foreign = 'a ReadOnlyBuffer<Uint8Array> of length 3 belongs to another instance or package';
      refused(() => pkg.sum(buffer), 'ERR_LEND_FOREIGN', `${SUM}: ${foreign}`);
      assert.equal(other.sum(buffer), 6);
    });

    it('refuses the same memory twice if one of the arguments is written to', () => {
      const buffer = lend.createMutableBuffer(new Float32Array(2));
      const byte = lend.createMutableBuffer(bytes(1));
      const handles = 'the buffer, or a part of it, is another argument of this call too, and one of the two needs it for itself';
      refused(() => pkg.add_into(buffer, buffer), 'ERR_LEND_ALIASED', `add_into(): argument \`from: &[f32]\`: ${handles}`);
      refused(() => pkg.swap(byte, byte), 'ERR_LEND_ALIASED', `swap(): argument \`other: &mut [u8]\`: ${handles}`);
      refused(
        () => pkg.take_and_read(byte, byte),
        'ERR_LEND_ALIASED',
        `take_and_read(): argument \`read: &[u8]\`: ${handles}`,
      );
      const plain = 'shares memory with another argument of this call, and one of the two is to be written to';
      const array = bytes(1, 2, 3);
      refused(() => pkg.swap(array, array), 'ERR_LEND_ALIASED', `swap(): argument \`other: &mut [u8]\` ${plain}`);
      const overlapping = () => pkg.swap(array.subarray(0, 2), array.subarray(1));
      refused(overlapping, 'ERR_LEND_ALIASED', `swap(): argument \`other: &mut [u8]\` ${plain}`);
      const floats = new Float32Array(2);
      refused(() => pkg.add_into(floats, floats), 'ERR_LEND_ALIASED', `add_into(): argument \`from: &[f32]\` ${plain}`);
      pkg.swap(array.subarray(0, 1), array.subarray(2));
      assert.deepEqual([...array], [3, 2, 1], 'views that do not overlap are accepted');
      isFree(buffer);
      assert.equal(byte.moved, false);
    });

    it('moves nothing when any argument is refused', () => {
      const { handles, bytes: live } = lend.stats();
      const taken = lend.createMutableBuffer(bytes(1, 2));
      for (const bad of [null, {}, new Float32Array(1), lend.createReadOnlyBuffer(new Int8Array(1))]) {
        assert.equal(thrown(() => pkg.take_and_read(taken, bad)).code, 'ERR_LEND_TYPE');
        assert.equal(thrown(() => pkg.read_and_take(bad, taken)).code, 'ERR_LEND_TYPE');
        assert.equal(thrown(() => pkg.take_and_read(bytes(1, 2, 3), bad)).code, 'ERR_LEND_TYPE');
        bad?.free?.();
      }
      assert.equal(taken.moved, false);
      assert.deepEqual([lend.stats().handles, lend.stats().bytes], [handles + 1, live + 2], 'the copies were freed');
      assert.equal(pkg.take_and_read(taken, taken.view.slice()), 4);
      assert.equal(taken.moved, true);
    });

    it('refuses lengths that do not fit into memory, and the instance goes on', () => {
      const message = 'lend.alloc(): no memory for 4294967295 elements of Float64Array (34359738360 bytes)';
      refused(() => lend.alloc(Float64Array, 4294967295), 'ERR_LEND_OOM', message);
      const gigabytes = 'lend.alloc(): no memory for 4294967295 elements of Uint8Array (4294967295 bytes)';
      refused(() => lend.alloc(Uint8Array, 4294967295), 'ERR_LEND_OOM', gigabytes);
      const takes = 'lend.alloc() takes a length from 0 to 4294967295; got';
      for (const length of [-1, 1.5, 2 ** 32, NaN]) refused(() => lend.alloc(Uint8Array, length), 'ERR_LEND_RANGE', `${takes} ${length}`);
      refused(() => lend.alloc(Uint8Array, '5'), 'ERR_LEND_TYPE', `${takes} the string "5"`);
      assert.equal(lend.alloc(Uint8Array, 5).length, 5);
    });

    it('makes buffers only of typed arrays', () => {
      const arrays = 'Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, BigUint64Array, '
        + `BigInt64Array, Float32Array, Float64Array, Uint8ClampedArray${'Float16Array' in globalThis ? ', Float16Array' : ''}`;
      for (const create of ['createReadOnlyBuffer', 'createMutableBuffer']) {
        refused(() => lend[create]([1]), 'ERR_LEND_TYPE', `lend.${create}() takes a typed array (${arrays}); got a plain Array of length 1`);
      }
      refused(() => lend.alloc(Array, 1), 'ERR_LEND_TYPE', `lend.alloc() takes a typed array's constructor (${arrays}); got the function Array`);
      refused(
        () => new pkg.ReadOnlyBuffer(),
        'ERR_LEND_TYPE',
        'new ReadOnlyBuffer() does not exist: use lend.createReadOnlyBuffer(typedArray)',
      );
    });

    it('ignores a length that an array defines itself', () => {
      for (const length of [0, 1000]) {
        const array = Object.defineProperty(bytes(1, 2, 3), 'length', { value: length });
        assert.equal(pkg.sum(array), 6);
        assert.equal(lend.createReadOnlyBuffer(array).length, 3);
      }
    });
  });
}
