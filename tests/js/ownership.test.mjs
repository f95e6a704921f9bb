// What holds a buffer, and when its memory is released.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const now = () => ({ handles: lend.stats().handles, bytes: lend.stats().bytes });

  describe(`ownership, ${target}`, () => {
    it('holders counts the references of both sides', () => {
      const before = now();
      const buffer = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4]));
      pkg.hold(buffer);
      assert.equal(pkg.holders(), 2, 'Rust and JavaScript');
      const again = pkg.held();
      assert.equal(pkg.holders(), 2, 'JavaScript counts once, however many objects it has');
      assert.equal(again.view.byteOffset, buffer.view.byteOffset);
      buffer.free();
      assert.deepEqual([...again.view], [1, 2, 3, 4], 'one JavaScript object may be freed before the other');
      again.free();
      assert.equal(pkg.holders(), 1);
      const third = pkg.held();
      pkg.let_go();
      assert.deepEqual([...third.view], [1, 2, 3, 4], 'Rust may let go first');
      third.free();
      assert.deepEqual(now(), before);
    });

    it('Rust can return a sub-buffer, which keeps the whole', () => {
      const before = now();
      pkg.hold(new Uint8Array([1, 2, 3, 4]));
      const sub = pkg.held_slice(1, 3);
      const empty = pkg.held_slice(2, 2);
      assert.deepEqual([sub.length, empty.length], [2, 0]);
      const start = pkg.address_of(pkg.held());
      pkg.let_go();
      assert.deepEqual([...sub.view], [2, 3]);
      assert.equal(pkg.sum(sub), 5);
      assert.equal(pkg.address_of(sub), start + 1);
      assert.deepEqual([...empty.view], []);
      pkg.hold(sub);
      sub.free();
      const kept = pkg.held();
      assert.deepEqual([...kept.view], [2, 3], 'Rust can retain a sub-buffer');
      pkg.let_go();
      kept.free();
      empty.free();
      assert.ok(now().bytes <= before.bytes + 4);
    });

    it('moves a mutable buffer in both directions without a copy', () => {
      const { copiedBytes } = lend.stats();
      const buffer = lend.alloc(Uint8Array, 5);
      const address = buffer.view.byteOffset;
      buffer.view.set([1, 2, 3, 4, 5]);
      pkg.own(buffer);
      assert.equal(buffer.moved, true);
      const back = pkg.disown();
      assert.equal(back.view.byteOffset, address);
      assert.deepEqual([...back.view], [1, 2, 3, 4, 5]);
      assert.equal(pkg.address_of_moved(back), address);
      assert.equal(lend.stats().copiedBytes, copiedBytes);
    });

    it('freezes a mutable buffer without a copy', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([1, 2]));
      const { copiedBytes, handles } = lend.stats();
      const address = buffer.view.byteOffset;
      const frozen = buffer.freeze();
      assert.ok(frozen instanceof pkg.ReadOnlyBuffer);
      assert.equal(frozen.freeze, undefined);
      assert.equal(frozen.view.byteOffset, address);
      assert.deepEqual([lend.stats().copiedBytes, lend.stats().handles], [copiedBytes, handles]);
      pkg.hold(frozen);
      pkg.let_go();
    });

    it('drops the owner of a buffer with the last reference', () => {
      const before = pkg.dropped();
      const [one, other] = [pkg.owned_elsewhere(), pkg.owned_elsewhere()];
      pkg.hold(one);
      one.free();
      assert.equal(pkg.dropped(), before);
      assert.deepEqual([...other.view], [1, 2, 3]);
      pkg.let_go();
      assert.equal(pkg.dropped(), before + 1);
      other.free();
      assert.equal(pkg.dropped(), before + 2);
    });

    it('works after a slot has used all its generations', () => {
      const before = now();
      pkg.hold(new Uint8Array([5, 6]));
      pkg.own(lend.createMutableBuffer(new Uint8Array([7])));
      for (let round = 0; round < 3000; round++) {
        const held = pkg.held();
        assert.equal(held.view[0], 5);
        held.free();
        const moved = pkg.disown();
        assert.equal(moved.view[0], 7);
        pkg.own(moved);
      }
      pkg.let_go();
      pkg.disown().free();
      assert.deepEqual(now(), before);
    });

    it('String() of a buffer names its class, type and length', () => {
      const buffer = lend.createMutableBuffer(new Uint16Array(3));
      assert.equal(String(buffer), 'a MutableBuffer<Uint16Array> of length 3');
      assert.equal(Object.prototype.toString.call(buffer), '[object MutableBuffer]');
      assert.equal(buffer.length, 3);
      assert.equal(buffer.byteLength, 6);
      buffer[Symbol.dispose]();
      assert.equal(buffer.freed, true);
    });
  });
}
