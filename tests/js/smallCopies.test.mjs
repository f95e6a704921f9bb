// Plain arrays of at most 1 KiB: the first of a call is copied without a call of wasm.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';

import { fewHandles, load, loadCopy, refused, shared, TARGETS, thrown } from './packages.mjs';

const bytes = (...values) => new Uint8Array(values);

/** Lengths around what fits, in bytes. */
const LENGTHS = [0, 1, 16, 17, 64, 65, 1016, 1024, 1025, 1032, 4096, 70_000];

for (const target of TARGETS) {
  describe(`small plain arrays, ${target}`, async () => {
    const pkg = await load(target);
    const { lend } = pkg;
    const now = () => {
      const { copiedBytes, memoryBytes, viewsMade, ...rest } = lend.stats();
      return rest;
    };

    it('a slice and a Vec have the elements of every type and length', () => {
      const before = now();
      const types = {
        u8: Uint8Array, i8: Int8Array, u16: Uint16Array, i16: Int16Array, u32: Uint32Array, i32: Int32Array, u64: BigUint64Array, i64: BigInt64Array,
        f32: Float32Array, f64: Float64Array, clamped: Uint8ClampedArray,
      };
      // Twice, because the first array of each type makes what the later ones use.
      for (const round of [1, 2]) {
        for (const [name, Type] of Object.entries(types)) {
          for (const length of LENGTHS.map((length) => Math.floor(length / Type.BYTES_PER_ELEMENT))) {
            const array = Type.from({ length }, (_, i) => (name.endsWith('64') && name !== 'f64' ? BigInt(i % 100) : i % 100));
            assert.deepEqual(pkg[`vec_${name}`](array), array.slice().reverse(), `${name} ${length} ${round}`);
            assert.deepEqual(pkg[`last_${name}`](array), array.slice(Math.max(length - 1, 0)), `${name} ${length} ${round}`);
            const written = array.slice();
            pkg[`reverse_${name}`](written);
            assert.deepEqual(written, array.slice().reverse(), `${name} ${length} ${round}`);
          }
        }
      }
      assert.deepEqual(now(), before);
    });

    it('several arrays of a call have copies of their own', () => {
      const long = new Uint8Array(2000).fill(9);
      for (const read of [bytes(1, 2), long]) {
        for (const taken of [bytes(3, 4), bytes(), long]) {
          for (const more of [bytes(5), long]) {
            assert.deepEqual(pkg.joined(read, taken, more), bytes(...read, ...taken, ...more));
            assert.deepEqual(pkg.two_slices(read, more), bytes(...read, ...more));
            assert.deepEqual(pkg.both_taken(read, Uint16Array.of(...taken, 300)), Uint16Array.of(...read, ...taken, 300));
          }
        }
      }
      assert.deepEqual(pkg.both_taken(bytes(1), undefined), Uint16Array.of(1));
      const buffer = lend.createMutableBuffer(bytes(7, 8));
      assert.deepEqual(pkg.joined(buffer, bytes(1), buffer), bytes(7, 8, 1, 7, 8));
      assert.deepEqual(pkg.joined(bytes(1), buffer, bytes(2)), bytes(1, 7, 8, 2));
      assert.equal(thrown(() => pkg.sum(buffer)).code, 'ERR_LEND_MOVED');
    });

    it('a call within a call has another copy', () => {
      const inner = () => {
        assert.equal(pkg.sum(bytes(9, 9)), 18);
        assert.deepEqual(pkg.vec_u8(bytes(7, 8)), bytes(8, 7));
        const written = bytes(5, 6);
        pkg.reverse_u8(written);
        assert.deepEqual([...written], [6, 5]);
      };
      const outer = bytes(1, 2, 3);
      pkg.raised_after(outer, () => {
        inner();
        assert.deepEqual(pkg.returned_after(bytes(4), inner), bytes(4));
      });
      assert.deepEqual([...outer], [2, 3, 4]);
      assert.equal(pkg.summed_after(bytes(1, 2), inner), 3);
      assert.deepEqual(pkg.returned_after(bytes(1, 2), inner), bytes(1, 2));
      const before = now();
      const fail = () => { throw new Error('from within'); };
      for (const call of [pkg.raised_after, pkg.summed_after, pkg.returned_after]) {
        assert.equal(thrown(() => call(bytes(1, 2), fail)).message, 'from within');
        assert.equal(thrown(() => call(new Uint8Array(3000), fail)).message, 'from within');
      }
      assert.equal(pkg.sum(bytes(1, 2)), 3);
      assert.deepEqual(now(), before);
    });

    it('memory grows between calls', { skip: shared }, () => {
      for (let size = 1 << 20; size <= 1 << 24; size *= 2) {
        assert.deepEqual(pkg.vec_u8(bytes(1, 2)), bytes(2, 1));
        assert.deepEqual(pkg.vec_u8(new Uint8Array(2000).fill(7)), new Uint8Array(2000).fill(7));
        lend.alloc(Uint8Array, size).free();
        const buffer = lend.alloc(Uint8Array, size);
        assert.deepEqual(pkg.vec_u8(bytes(1, 2)), bytes(2, 1));
        assert.deepEqual(pkg.vec_u8(new Uint8Array(2000).fill(7)), new Uint8Array(2000).fill(7));
        assert.equal(pkg.sum(bytes(1, 2)), 3);
        buffer.free();
      }
    });

    it('a Vec has a view of a buffer, even if memory grows for the copy', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array(3_000_000).fill(3));
      for (let i = 0; i < 4; i++) assert.equal(pkg.vec_u8(buffer.view)[2_999_999], 3);
      buffer.free();
    });

    it('takes arrays of another realm', () => {
      const foreign = runInNewContext('new Uint8Array([1, 2, 3])');
      assert.equal(pkg.sum(foreign), 6);
      assert.deepEqual([...pkg.vec_u8(foreign)], [3, 2, 1]);
      assert.equal(pkg.sum(new (class extends Uint8Array {})([1, 2])), 3);
    });

    it('refuses what has the prototype of a typed array alone', () => {
      const before = now();
      const imitations = [
        Object.create(Uint8Array.prototype),
        Object.create(Uint8Array.prototype, { length: { value: 2 }, 0: { value: 1 } }),
        new Proxy(bytes(1, 2), {}),
        new Proxy({}, { getPrototypeOf: () => Uint8Array.prototype }),
        new Proxy({}, { getPrototypeOf: () => { pkg.sum(bytes(5)); return Uint8Array.prototype; } }),
        new Proxy({}, { getPrototypeOf: () => { throw new Error('asked'); } }),
        Object.setPrototypeOf([1, 2, 'x'], Uint8Array.prototype),
        Object.setPrototypeOf(new BigInt64Array(2), Uint8Array.prototype),
        null, undefined, 5, 'text',
      ];
      for (const value of imitations) {
        for (const call of [pkg.sum, pkg.vec_u8, pkg.reverse_u8, (array) => pkg.read_and_take(bytes(1), array)]) {
          assert.equal(thrown(() => call(value)).code, 'ERR_LEND_TYPE');
        }
      }
      assert.deepEqual(pkg.vec_u8(bytes(1, 2)), bytes(2, 1));
      assert.deepEqual(now(), before);
    });

    it('a trap or getter of an argument cannot use the copies of the others', () => {
      const before = now();
      const trapped = (f) => new Proxy([3, 4], { getPrototypeOf: (target) => { f(); return Reflect.getPrototypeOf(target); } });
      const gotten = (f) => Object.defineProperty([3, 4], 0, { get: () => { f(); return 3; } });
      const big = (length) => Object.setPrototypeOf(new BigInt64Array(length), Uint8Array.prototype);
      const pixels = Array.from({ length: 40 }, () => ({ r: 1, g: 2, b: 3, a: 4 }));
      const uses = {
        slice: () => pkg.sum(bytes(9, 9)),
        vector: () => pkg.vec_u8(new Uint8Array(2000).fill(7)),
        records: () => pkg.brightness(pixels),
        'a call that is refused after its copy has begun': () => assert.equal(thrown(() => pkg.sum(big(30))).code, 'ERR_LEND_TYPE'),
      };
      const buffer = lend.createMutableBuffer(new Uint8Array(500).fill(5));
      for (const [name, use] of Object.entries(uses)) {
        for (const kind of [trapped, gotten]) {
          const outcome = (call) => {
            try {
              return call();
            } catch (error) {
              assert.equal(error.code, 'ERR_LEND_BORROWED', name);
              return null;
            }
          };
          for (const first of [bytes(1, 2), new Uint8Array(1500).fill(1)]) {
            const expected = [...first, 3, 4, 5];
            assert.deepEqual(outcome(() => [...pkg.joined(first, kind(use), bytes(5))]) ?? expected, expected, name);
            assert.equal(outcome(() => pkg.both_taken(first, kind(use)).length) ?? first.length + 2, first.length + 2, name);
            const written = first.slice();
            const result = outcome(() => pkg.write_and_take(written, kind(use)));
            if (result === null) assert.deepEqual(written, first, name);
          }
          const isMade = outcome(() => pkg.write_and_take(buffer.view, kind(use))) !== null;
          assert.ok(isMade || buffer.view.every((byte) => byte === 5), name);
          buffer.view.fill(5);
        }
      }
      buffer.free();
      assert.deepEqual(now(), before);
    });

    it('the first array of all may be a view, and memory may grow for the slot', { skip: shared || fewHandles }, async (test) => {
      for (const call of ['sum', 'vec_u8', 'reverse_u8']) {
        for (const handles of [1022, 1023, 1024]) {
          const fresh = await loadCopy(test, target);
          const buffer = fresh.lend.createMutableBuffer(bytes(1, 2, 3));
          const others = Array.from({ length: handles - 1 }, () => fresh.lend.alloc(Uint8Array, 1));
          fresh[call](buffer.view);
          assert.equal(fresh.sum(buffer), 6, `${call} ${handles}`);
          for (const each of others) each.free();
        }
      }
    });

    it('a Vec that no call takes is freed, small or large', () => {
      const before = now();
      for (const length of [2, 5000]) {
        for (let i = 0; i < 300; i++) {
          refused(() => pkg.joined(bytes(1), new Uint8Array(length), 5), 'ERR_LEND_TYPE',
            'joined(): argument `more: &[u8]` takes a ReadOnlyBuffer<Uint8Array>, a MutableBuffer<Uint8Array> or a Uint8Array; got 5');
          const buffer = lend.createMutableBuffer(bytes(1));
          assert.equal(thrown(() => pkg.joined(buffer, buffer, bytes(2))).code, 'ERR_LEND_ALIASED');
          assert.equal(thrown(() => pkg.both_taken(new Uint8Array(length), /** @type {any} */ (buffer))).code, 'ERR_LEND_TYPE');
          buffer.free();
        }
      }
      assert.deepEqual(now(), before);
    });
  });
}
