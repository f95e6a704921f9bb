// Sub-buffers: several handles of one allocation, each borrowed by its range of bytes.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, refused, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const count = (/** @type {number} */ length) => Uint8Array.from({ length }, (_, i) => i);
  const mutable = (/** @type {number} */ length) => lend.createMutableBuffer(count(length));

  describe(`sub-buffers, ${target}`, () => {
    it('subarray() takes the same ranges as subarray() of typed arrays', () => {
      const native = count(10);
      const buffer = lend.createReadOnlyBuffer(native);
      const indices = [undefined, 0, 1, 5, 10, 11, -1, -10, -11, 2.7, -2.7, NaN, Infinity, -Infinity, '3', null];
      for (const begin of indices) {
        for (const end of indices) {
          const sub = buffer.subarray(begin, end);
          assert.deepEqual(sub.toArray(), [...native.subarray(begin, end)], `subarray(${begin}, ${end})`);
          sub.free();
        }
      }
    });

    it('a sub-buffer has the kind, type and memory of the whole and keeps it', () => {
      const before = lend.stats();
      for (const create of [lend.createReadOnlyBuffer, lend.createMutableBuffer]) {
        const whole = create(new Float32Array([1, 2, 3, 4]));
        const sub = whole.subarray(1, 3);
        assert.equal(sub.constructor, whole.constructor);
        assert.ok(sub.view instanceof Float32Array);
        assert.equal(sub.view.buffer, whole.view.buffer);
        assert.equal(sub.view.byteOffset, whole.view.byteOffset + 4);
        assert.equal(whole.holders, 2);
        whole.free();
        assert.deepEqual(sub.toArray(), [2, 3]);
        const last = sub.subarray(-1);
        sub.free();
        assert.deepEqual(last.toArray(), [3]);
        assert.equal(lend.stats().bytes, before.bytes + 16);
        last.free();
        assert.equal(lend.stats().bytes, before.bytes);
      }
    });

    it('a function may write to two sub-buffers that do not overlap', () => {
      const whole = mutable(8);
      const [left, right] = [whole.subarray(0, 4), whole.subarray(4)];
      pkg.swap(left, right);
      assert.deepEqual(whole.toArray(), [4, 5, 6, 7, 0, 1, 2, 3]);
      pkg.read_and_write(left, right);
      assert.deepEqual(whole.toArray(), [4, 5, 6, 7, 4, 5, 6, 7]);
      assert.equal(lend.stats().borrows, 0);
    });

    it('two sub-buffers that overlap by one byte are refused, and so is a sub-buffer with the whole', () => {
      const whole = mutable(8);
      const [left, right] = [whole.subarray(0, 5), whole.subarray(4)];
      const message = 'read_and_write(): argument `to: &mut [u8]`: the buffer, or a part of it, is another argument of this call too, '
        + 'and one of the two needs it for itself';
      for (const [from, to] of [[left, right], [whole, left], [left, whole], [left.subarray(2), left.subarray(0, 3)]]) {
        refused(() => pkg.read_and_write(from, to), 'ERR_LEND_ALIASED', message);
      }
      pkg.compare(left, right);
      pkg.compare(left, whole);
      assert.equal(lend.stats().borrows, 0, 'a refusal leaves nothing borrowed');
      pkg.read_and_write(left.subarray(0, 2), right);
    });

    it('a running call blocks sub-buffers that overlap its own, and no others', () => {
      const whole = mutable(8);
      const [left, middle, right] = [whole.subarray(0, 4), whole.subarray(2, 6), whole.subarray(4)];
      const during = 'the buffer is borrowed by a call that is still running';
      const write = 'exclusive_while(): argument `values: &mut [u8]`';
      pkg.set_callback(() => {
        pkg.set_callback(() => {});
        pkg.exclusive_while(right);
        refused(() => pkg.exclusive_while(middle), 'ERR_LEND_BORROWED', `${write}: ${during}`);
        refused(() => pkg.sum(middle), 'ERR_LEND_BORROWED', `sum(): argument \`values: &[u8]\`: ${during}`);
        refused(() => pkg.sum(whole), 'ERR_LEND_BORROWED', `sum(): argument \`values: &[u8]\`: ${during}`);
        refused(() => whole.freeze(), 'ERR_LEND_BORROWED', 'MutableBuffer.freeze(): a call that is still running holds the buffer');
        left.free();
      });
      pkg.exclusive_while(left);
      assert.deepEqual(whole.toArray(), [2, 1, 2, 3, 6, 5, 6, 7]);
      pkg.exclusive_while(middle);
      assert.equal(lend.stats().borrows, 0);
    });

    it('as() shows the same bytes as another type', () => {
      const floats = lend.createMutableBuffer(new Float32Array([0.1, 2]));
      const bytes = floats.as(Uint8Array);
      assert.deepEqual(bytes.subarray(0, 4).toArray(), [205, 204, 204, 61]);
      refused(
        () => pkg.scale(bytes, 2),
        'ERR_LEND_TYPE',
        'scale(): argument `samples: &mut [f32]` takes a MutableBuffer<Float32Array> or a Float32Array; got a MutableBuffer<Uint8Array> of length 8',
      );
      pkg.scale(bytes.as(Float32Array), 2);
      assert.ok(Math.abs(floats.view[0] - 0.2) < 1e-6);
      assert.deepEqual(bytes.as('u16').length, 4);
      refused(() => bytes.subarray(1).as(Float32Array), 'ERR_LEND_RANGE', 'MutableBuffer.as(): 7 bytes are no whole number of elements of 4 bytes');
      assert.match(thrown(() => bytes.subarray(1, 5).as(Float32Array)).message, /^MutableBuffer\.as\(\): the first byte is at \d+, and a Float32Array has to start at a multiple of 4$/);
      assert.equal(thrown(() => bytes.as(Array)).code, 'ERR_LEND_TYPE');
      const read = pkg.as_floats(lend.createReadOnlyBuffer(new Uint8Array([205, 204, 204, 61])));
      assert.ok(Math.abs(read.view[0] - 0.1) < 1e-6);
      assert.equal(thrown(() => pkg.as_floats(lend.createReadOnlyBuffer(count(3)))).message, '3 bytes are no whole number of elements of 4 bytes');
    });

    it('the whole can move to Rust while JavaScript holds sub-buffers, which are blocked until Rust gives it back', () => {
      const whole = mutable(4);
      const sub = whole.subarray(1, 3);
      pkg.own(whole);
      refused(() => pkg.sum(sub), 'ERR_LEND_BORROWED', 'sum(): argument `values: &[u8]`: Rust has taken the buffer, or a part of it');
      refused(() => sub.freeze(), 'ERR_LEND_BORROWED', 'MutableBuffer.freeze(): Rust has taken a part of the buffer');
      const back = pkg.disown();
      assert.equal(pkg.sum(sub), 3);
      assert.notEqual(pkg.address_of_moved(back), sub.view.byteOffset - 1, 'the Vec is a copy, and the sub-buffer stays in place');
      assert.equal(pkg.sum(sub), 3);
    });

    it('a sub-buffer can move to Rust while JavaScript keeps the rest', () => {
      const whole = mutable(6);
      const [left, right] = [whole.subarray(0, 3), whole.subarray(3)];
      pkg.own(left);
      assert.equal(left.moved, true);
      assert.equal(pkg.sum(right), 12);
      pkg.read_and_write(right.subarray(0, 0), right);
      assert.equal(thrown(() => pkg.sum(whole)).code, 'ERR_LEND_BORROWED');
      assert.equal(thrown(() => pkg.sum(whole.subarray(2, 4))).code, 'ERR_LEND_BORROWED');
      assert.deepEqual(pkg.disown().toArray(), [0, 1, 2]);
      assert.equal(pkg.sum(whole), 15);
    });

    it('Rust can split a buffer into halves that both sides use at the same time', () => {
      const whole = mutable(6);
      const middle = whole.subarray(2, 4);
      pkg.divide(whole, 2);
      pkg.bump_halves();
      const right = pkg.half();
      const left = pkg.half();
      assert.equal(pkg.half(), undefined);
      assert.deepEqual([left.toArray(), right.toArray()], [[1, 2], [3, 4, 5, 6]]);
      assert.equal(left.view.byteOffset + 2, right.view.byteOffset, 'nothing was copied');
      pkg.read_and_write(left, right);
      assert.equal(pkg.sum(middle), 3);
      right.free();
      left.free();
      assert.equal(middle.holders, 1, 'there is no other reference');
    });

    it('after freeze() of the whole, its sub-buffers can only be read', () => {
      const whole = mutable(4);
      const sub = whole.subarray(1, 3);
      const frozen = whole.freeze();
      assert.equal(pkg.sum(sub), 3);
      refused(
        () => pkg.read_and_write(frozen, sub),
        'ERR_LEND_TYPE',
        'read_and_write(): argument `to: &mut [u8]` takes a MutableBuffer<Uint8Array> or a Uint8Array; got a ReadOnlyBuffer<Uint8Array> of length 2',
      );
      pkg.hold(sub.freeze());
      assert.equal(pkg.held().length, 2);
      pkg.let_go();
    });

    it('after freeze() of a sub-buffer, its range can only be read and the rest stays mutable', () => {
      const whole = mutable(6);
      const [left, right] = [whole.subarray(0, 3), whole.subarray(3)];
      const frozen = left.freeze();
      pkg.hold(frozen);
      frozen.free();
      pkg.exclusive_while(right);
      assert.equal(thrown(() => pkg.exclusive_while(whole)).code, 'ERR_LEND_BORROWED');
      assert.equal(thrown(() => pkg.exclusive_while(whole.subarray(2, 4))).code, 'ERR_LEND_BORROWED');
      assert.equal(pkg.sum(whole.subarray(2, 4)), 2 + 5);
      assert.equal(lend.stats().borrows, 0);
      pkg.let_go();
      pkg.exclusive_while(whole);
      pkg.divide(right, 1);
      assert.deepEqual(pkg.frozen_half().toArray(), [4, 5]);
      pkg.half().free();
    });

    it('sub-buffers work beside plain arrays, with records and with empty ranges', () => {
      const whole = lend.createReadOnlyBuffer(new Uint8Array([0, 0, 1, 2, 3, 4]));
      assert.equal(pkg.sum(whole.subarray(2, 6)), 10);
      assert.equal(pkg.sum(whole.subarray(6)), 0);
      assert.equal(pkg.sum(whole.subarray(2, 6).view), 10, 'a view of wasm memory is a plain array');
      pkg.hold(whole.subarray(2));
      assert.deepEqual(pkg.held().toArray(), [1, 2, 3, 4]);
      pkg.let_go();
    });
  });
}
