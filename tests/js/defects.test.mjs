// Defects of an earlier framework with the same aim, whose tutorial is `examples/sharing-data-by-name`. wasm-lend must not have them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { collectGarbage, directory, growing, load, loadCopy, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;

  describe(`defects that must not come back, ${target}`, () => {
    it('accepts every element type in both directions, including Uint32Array', () => {
      const types = {
        u8: Uint8Array, i8: Int8Array, u16: Uint16Array, i16: Int16Array, u32: Uint32Array, i32: Int32Array,
        u64: BigUint64Array, i64: BigInt64Array, f32: Float32Array, f64: Float64Array, clamped: Uint8ClampedArray,
      };
      for (const [name, Type] of Object.entries(types)) {
        const one = name === 'u64' || name === 'i64' ? 1n : 1;
        const buffer = lend.createMutableBuffer(Type.of(one, one));
        pkg[`reverse_${name}`](buffer);
        assert.equal(buffer.view.constructor, Type);
        assert.equal(pkg[`keep_${name}`](buffer.freeze()).view.constructor, Type);
      }
    });

    it('many synchronous calls leave no reply block behind', { skip: growing }, () => {
      const bytes = new Uint8Array([1, 2, 3]);
      const call = () => lend.callRustSync('sum', [bytes]);
      for (let i = 0; i < 1000; i++) call();
      const before = lend.stats();
      for (let i = 0; i < 1_000_000; i++) call();
      const after = lend.stats();
      assert.deepEqual([after.handles, after.bytes, after.memoryBytes], [before.handles, before.bytes, before.memoryBytes]);
    });

    it('a moved buffer says that it was moved and is not freed twice', () => {
      const before = lend.stats().bytes;
      const buffer = lend.alloc(Uint8Array, 100);
      assert.equal(pkg.take_and_read(buffer, new Uint8Array(3)), 103);
      for (const use of [() => pkg.sum(buffer), () => pkg.take_and_read(buffer, buffer), () => buffer.view, () => buffer.freeze()]) {
        assert.equal(thrown(use).code, 'ERR_LEND_MOVED');
      }
      const twice = lend.alloc(Uint8Array, 100);
      assert.equal(thrown(() => pkg.take_and_read(twice, twice)).code, 'ERR_LEND_ALIASED');
      assert.equal(twice.moved, false, 'a buffer that is passed twice is refused and still exists');
      twice.free();
      buffer.free();
      assert.equal(lend.stats().bytes, before);
    });

    it('the documentation says that view.buffer is all of wasm memory', async () => {
      const declarations = await readFile(join(directory('e2e', target), 'e2e.d.ts'), 'utf8');
      assert.match(declarations, /`view\.buffer` is all of wasm memory/);
    });

    it('passes emoji, NUL and other text unchanged and replaces lone surrogates', () => {
      for (const text of ['😀 family: 👨‍👩‍👧‍👦', 'a\0b', '\u{10ffff}', 'é漢字', `${'😀'.repeat(20_000)}\0`]) {
        assert.equal(pkg.echo_string(text), text);
      }
      assert.equal(pkg.echo_string('a\ud800b'), 'a\ufffdb');
    });

    it('garbage collection frees the collected buffer, not a newer one in its slot', { skip: growing }, async (test) => {
      const own = await loadCopy(test, target);
      const collected = [];
      own.lend.onLeak((leak) => collected.push(leak.length));
      (() => {
        const old = own.lend.alloc(Uint8Array, 7);
        old.free();
      })();
      const newer = own.lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
      (() => void own.lend.alloc(Uint8Array, 9))();
      await collectGarbage(() => collected.length > 0);
      assert.deepEqual(collected, [9]);
      assert.equal(own.sum(newer), 6);
    });

    it('memory is deallocated with its own layout, whatever type it is seen as', () => {
      const before = lend.stats();
      for (const Type of [Float32Array, Uint32Array, Float64Array, BigUint64Array, Uint16Array]) {
        for (let i = 0; i < 200; i++) {
          const buffer = lend.alloc(Type, 1000 + i);
          const seen = buffer.as(Uint8Array);
          buffer.free();
          pkg.own(seen);
          pkg.disown().free();
        }
      }
      assert.equal(lend.stats().bytes, before.bytes);
    });

    it('an exception in a callback stays an exception', () => {
      const error = new Error('of the user');
      const buffer = lend.createMutableBuffer(new Uint8Array([1]));
      pkg.set_callback(() => { throw error; });
      for (const call of [() => pkg.shared_while(buffer), () => pkg.exclusive_while(buffer)]) assert.equal(thrown(call), error);
      pkg.set_callback(() => {});
      pkg.exclusive_while(buffer);
      assert.ok(pkg.sum(buffer) > 0);
    });

    it('parameters of the wrong kind throw a LendError', () => {
      const read = lend.createReadOnlyBuffer(new Float32Array(1));
      for (const wrong of [5, 'text', null, undefined, {}, ['x'], new Float32Array(1), read, new Map(), () => {}]) {
        const error = thrown(() => pkg.sum(wrong));
        assert.ok(error instanceof pkg.LendError);
        assert.equal(error.code, 'ERR_LEND_TYPE');
      }
      assert.equal(thrown(() => pkg.scale(read, 1)).code, 'ERR_LEND_TYPE');
      assert.equal(pkg.sum(new Uint8Array([1])), 1);
    });
  });

  describe(`assertions of the tests of the earlier framework, ${target}`, () => {
    it('takes plain arrays and subarrays of larger ones', () => {
      const larger = Uint8Array.from([9, 9, 1, 2, 3, 4, 9]);
      assert.equal(pkg.sum(larger.subarray(2, 6)), 10);
      assert.equal(pkg.sum(new Uint8Array(larger.buffer, 2, 4)), 10);
      assert.equal(pkg.sum(lend.createReadOnlyBuffer(larger).subarray(2, 6)), 10);
      assert.equal(pkg.nothing(), undefined);
    });

    it('a read-only buffer can be used many times and its count in JavaScript stays 1', async (test) => {
      const own = await loadCopy(test, target);
      (() => {
        const buffer = own.lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
        for (let i = 0; i < 10; i++) assert.equal(own.sum(buffer), 6);
        assert.equal(buffer.holders, 1);
      })();
      await collectGarbage(() => own.lend.stats().handles === 0);
      assert.deepEqual([own.lend.stats().handles, own.lend.stats().bytes], [0, 0]);
    });

    it('Rust sees what JavaScript writes to a mutable buffer, and passing it by value moves it', () => {
      const buffer = lend.alloc(Uint8Array, 3);
      buffer.view.set([5, 6, 7]);
      assert.equal(pkg.sum(buffer), 18);
      pkg.own(buffer);
      assert.equal(thrown(() => pkg.sum(buffer)).code, 'ERR_LEND_MOVED');
      assert.deepEqual(pkg.disown().toArray(), [5, 6, 7]);
    });

    it('passes floats in all three kinds of buffer and can see them as bytes', () => {
      const plain = new Float32Array([0.1, -0.1]);
      const mutable = lend.createMutableBuffer(plain);
      const read = lend.createReadOnlyBuffer(plain);
      pkg.scale(plain, 1);
      pkg.scale(mutable, 1);
      pkg.add_into(mutable, read);
      const bytes = read.as(Uint8Array);
      assert.deepEqual(bytes.toArray(), [205, 204, 204, 61, 205, 204, 204, 189]);
      assert.equal(thrown(() => pkg.add_into(mutable, bytes)).code, 'ERR_LEND_TYPE');
      assert.equal(pkg.sum(bytes), bytes.toArray().reduce((one, other) => (one + other) & 255, 0));
    });

    it('all views have one ArrayBuffer, and views past the end are refused', () => {
      const one = lend.createReadOnlyBuffer(new Uint8Array(3));
      const other = lend.createMutableBuffer(new Float64Array(2));
      assert.equal(one.view.buffer, other.view.buffer);
      assert.equal(thrown(() => one.as(Uint16Array)).code, 'ERR_LEND_RANGE');
      assert.equal(thrown(() => other.reshape([3])).code, 'ERR_LEND_RANGE');
      assert.equal(one.subarray(5).length, 0, 'the same as the native subarray');
    });

    it('finds buffers in arrays, objects, Map and Set', () => {
      const make = () => lend.alloc(Uint8Array, 1);
      const found = lend.scope(() => [[make()], { a: { b: make() } }, new Map([[make(), make()]]), new Set([make()])]);
      const buffers = [found[0][0], found[1].a.b, ...found[2].keys(), ...found[2].values(), ...found[3]];
      assert.deepEqual(buffers.map((buffer) => buffer.freed), [false, false, false, false, false]);
      for (const buffer of buffers) buffer.free();
    });

    it('every call after a panic says that there was one', async (test) => {
      const own = await loadCopy(test, target);
      const buffer = own.lend.createReadOnlyBuffer(new Uint8Array(1));
      assert.equal(thrown(() => own.panic_at(buffer, 5)).code, 'ERR_LEND_PANIC');
      for (const call of [() => own.sum(buffer), () => own.lend.alloc(Uint8Array, 1), () => buffer.view, () => own.lend.stats()]) {
        const error = thrown(call);
        assert.equal(error.code, 'ERR_LEND_POISONED');
        assert.match(error.message, /^this instance cannot be used any more, since Rust panicked at /);
      }
    });
  });
}
