// Buffers of structs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, shared, TARGETS, thrown } from './packages.mjs';

const PLAIN = { x: 1, y: 2, velocity: new Float32Array([0.5, -1]), id: 2n ** 63n, kind: -3, flags: new Uint8Array([1, 2, 3, 4, 5, 255]) };

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, Particle, Pixel } = pkg;

  describe(`records, ${target}`, () => {
    it('reads and writes the memory that Rust sees', () => {
      const particles = lend.alloc(Particle, 3);
      assert.equal(particles.length, 3);
      assert.equal(particles.byteLength, 3 * 32);
      const one = particles.at(1);
      assert.ok(one instanceof Particle);
      one.x = 1.5;
      one.velocity = [2, 4];
      one.id = 77n;
      one.kind = -5;
      one.flags = new Uint8Array([1, 2, 3, 4, 5, 6]);
      pkg.move_all(particles, 0.5);
      assert.deepEqual(one.toJSON(), { x: 2.5, y: 2, velocity: new Float32Array([2, 4]), id: 77n, kind: -5, flags: new Uint8Array([1, 2, 3, 4, 5, 6]) });
      assert.deepEqual(pkg.ids(particles), new BigUint64Array([0n, 77n, 0n]));
      assert.deepEqual(particles.at(-2).x, 2.5);
      assert.equal(particles.at(3), undefined);
      assert.deepEqual(Object.keys(Particle.prototype), ['x', 'y', 'velocity', 'id', 'kind', 'flags']);
      particles.free();
      assert.equal(thrown(() => one.x).code, 'ERR_LEND_RELEASED');
    });

    it('views of records work after memory has grown', { skip: shared }, () => {
      const particles = lend.createMutableBuffer(Particle, [PLAIN, PLAIN]);
      const [one, column] = [particles.at(1), particles.column('y')];
      const { view } = particles;
      assert.equal(particles.view, view);
      pkg.grow(new Uint8Array(1), 1);
      assert.notEqual(particles.view, view);
      assert.equal(one.y, 2);
      one.y = 9;
      assert.equal(column.get(1), 9);
      assert.deepEqual(particles.toArray(), [PLAIN, { ...PLAIN, y: 9 }]);
      particles.free();
    });

    it('columns are views of the memory itself', () => {
      const particles = pkg.make_particles(5);
      const xs = particles.column('x');
      assert.deepEqual([xs.offset, xs.stride, xs.length], [0, 8, 5]);
      assert.deepEqual(Array.from({ length: 5 }, (_, i) => xs.array[xs.offset + i * xs.stride]), [0, 1, 2, 3, 4]);
      assert.ok(xs.array instanceof Float32Array);
      const ids = particles.column('id');
      assert.ok(ids.array instanceof BigUint64Array);
      assert.deepEqual(ids.toArray(), [0n, 1n, 2n, 3n, 4n]);
      ids.set(0, 9n);
      assert.deepEqual(pkg.ids(particles), new BigUint64Array([9n, 1n, 2n, 3n, 4n]));
      assert.equal(thrown(() => ids.set(5, 1n)).code, 'ERR_LEND_RANGE');
      assert.equal(thrown(() => particles.column('z')).message, "column(): Particle has no field 'z': it has x, y, velocity, id, kind, flags");
      const bytes = lend.alloc(Uint8Array, 1);
      assert.equal(thrown(() => bytes.column('x')).code, 'ERR_LEND_TYPE');
      assert.equal(bytes.at(0), 0);
      assert.deepEqual(bytes.toArray(), [0]);
      bytes.free();
      particles.free();
    });

    it('works for sizes that are not a power of two', () => {
      const pixels = lend.createReadOnlyBuffer(Pixel, [{ r: 1, g: 2, b: 3 }, { r: 10, g: 20, b: 30 }]);
      assert.equal(pkg.brightness(pixels), 66);
      assert.deepEqual(pixels.column('g').toArray(), [2, 20]);
      assert.equal(pkg.brightness([{ r: 255, g: 255, b: 0 }]), 510);
      assert.equal(pkg.brightness([]), 0);
      assert.deepEqual([...pixels.view].map((pixel) => pixel.b), [3, 30]);
      pixels.free();
    });

    it('retains, moves and returns them', () => {
      const { handles } = lend.stats();
      const keep = lend.createReadOnlyBuffer(Particle, [PLAIN]);
      const take = lend.createMutableBuffer(Particle, [PLAIN, PLAIN]);
      const [kept, taken] = pkg.keep_and_take(keep, take);
      assert.equal(take.moved, true);
      assert.deepEqual([kept.toArray(), taken.length], [[PLAIN], 2]);
      const [copied] = pkg.keep_and_take([PLAIN], [PLAIN]);
      assert.deepEqual(copied.toArray(), [PLAIN]);
      assert.deepEqual(pkg.plain_particles([PLAIN, { ...PLAIN, x: 7 }]).map(({ x }) => x), [7, 1]);
      assert.deepEqual(pkg.plain_particles(taken), [PLAIN, PLAIN]);
      assert.equal(taken.moved, false, 'inside a value it is a copy');
      assert.deepEqual(pkg.one_particle(PLAIN), { ...PLAIN, kind: -4 });
      for (const buffer of [keep, kept, taken, copied]) buffer.free();
    });

    it('refuses other records, other element types, and fields that do not fit', () => {
      const particles = lend.alloc(Particle, 1);
      const takes = 'brightness(): argument `pixels: &[Pixel]` takes a ReadOnlyBuffer<Pixel>, a MutableBuffer<Pixel> or a Pixel';
      assert.equal(thrown(() => pkg.brightness(particles)).message, `${takes}; got a MutableBuffer<Particle> of length 1`);
      assert.equal(thrown(() => pkg.brightness(new Uint8Array(3))).message, `${takes}; got a Uint8Array of length 3`);
      assert.equal(thrown(() => pkg.brightness([{ r: 1, g: 2 }])).message, 'brightness(): argument `pixels: &[Pixel]`: [0].b takes a number; got undefined');
      assert.equal(thrown(() => pkg.brightness([{ r: 1, g: 2, b: 256 }])).message, 'brightness(): argument `pixels: &[Pixel]`: [0].b takes what fits into u8; got 256');
      assert.equal(thrown(() => pkg.move_all([PLAIN], 1)).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => (particles.at(0).id = 5)).message, 'Particle.id takes a BigInt; got 5');
      assert.equal(thrown(() => (particles.at(0).velocity = [1])).message, 'Particle.velocity takes 2 numbers; got a plain Array of length 1');
      assert.equal(thrown(() => (particles.at(0).kind = 40000)).code, 'ERR_LEND_RANGE');
      assert.equal(thrown(() => pkg.one_particle(5)).code, 'ERR_LEND_TYPE');
      assert.throws(() => new Particle(), { message: 'Particle has no constructor: lend.alloc(Particle, length) makes a buffer of it' });
      particles.free();
    });
  });
}
