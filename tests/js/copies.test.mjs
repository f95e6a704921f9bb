// Copies for functions of the engine that refuse views of shared memory: `copy()`, `toImageData()` and `toBlob()`.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, refused, TARGETS, thrown } from './packages.mjs';

/** What a browser's `ImageData` does, for hosts that have none. */
class StandIn {
  /** @param {Uint8ClampedArray} data @param {number} width */
  constructor(data, width) {
    if (!(data instanceof Uint8ClampedArray && data.buffer instanceof ArrayBuffer)) throw new TypeError('not a Uint8ClampedArray over an ArrayBuffer');
    Object.assign(this, { data, width, height: data.length / 4 / width });
  }
}

/** Runs a function while `globalThis` has another value of a name. @param {string} name @param {unknown} value @param {() => unknown} f */
function withGlobal(name, value, f) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return f();
  } finally {
    if (before === undefined) delete globalThis[name];
    else Object.defineProperty(globalThis, name, before);
  }
}

/** @param {() => any} f */
const withImageData = (f) => withGlobal('ImageData', globalThis.ImageData ?? StandIn, f);

const ARRAYS = [
  Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, BigUint64Array, BigInt64Array, Float32Array, Float64Array, Uint8ClampedArray,
];

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, Particle } = pkg;
  const count = (/** @type {number} */ length) => Uint8Array.from({ length }, (_, i) => i);
  const mutable = (/** @type {number} */ length) => lend.createMutableBuffer(count(length));

  /** Asserts that a call counts as a copy of this many bytes. @template T @param {number} bytes @param {() => T} f */
  function copying(bytes, f) {
    const { copiedBytes } = lend.stats();
    const result = f();
    assert.equal(lend.stats().copiedBytes - copiedBytes, bytes);
    return result;
  }

  /** Asserts that an array has memory of its own, and no more than it needs. @param {any} array */
  function isAlone(array) {
    assert.ok(array.buffer instanceof ArrayBuffer);
    assert.deepEqual([array.byteOffset, array.buffer.byteLength], [0, array.byteLength]);
  }

  describe(`copies, ${target}`, () => {
    it('copy() is a typed array of the same type with memory of its own', () => {
      for (const Type of ARRAYS) {
        const isBig = Type.name.startsWith('Big');
        const elements = Type.from(isBig ? [1n, 2n, 3n] : [1, 2, 3]);
        for (const buffer of [lend.createReadOnlyBuffer(elements), lend.createMutableBuffer(elements)]) {
          const copy = copying(elements.byteLength, () => buffer.copy());
          assert.ok(copy instanceof Type, Type.name);
          assert.deepEqual([...copy], [...elements]);
          isAlone(copy);
        }
      }
      const halves = lend.alloc('f16', 3);
      assert.equal(halves.copy().constructor, halves.view.constructor);
      isAlone(halves.copy());
    });

    it('copy() does not change with the buffer, nor the buffer with it', () => {
      const buffer = mutable(4);
      const [one, other] = [buffer.copy(), buffer.copy()];
      buffer.view[0] = 9;
      one[1] = 8;
      assert.deepEqual([buffer.toArray(), [...one], [...other]], [[9, 1, 2, 3], [0, 8, 2, 3], [0, 1, 2, 3]]);
      buffer.free();
      lend.alloc(Uint8Array, 1 << 20).free();
      assert.deepEqual([...one], [0, 8, 2, 3]);
    });

    it('copy() of a sub-buffer has its elements alone', () => {
      const sub = copying(10, () => mutable(10)).subarray(3, 7);
      const copy = copying(4, () => sub.copy());
      assert.deepEqual([...copy], [3, 4, 5, 6]);
      isAlone(copy);
      const floats = lend.createMutableBuffer(new Float32Array([1, 2, 3])).subarray(1);
      assert.deepEqual([...floats.copy()], [2, 3]);
      assert.deepEqual([...floats.as(Uint8Array).copy()], [0, 0, 0, 64, 0, 0, 64, 64]);
      assert.deepEqual([...mutable(6).reshape([2, 3]).copy()], [0, 1, 2, 3, 4, 5]);
      const empty = copying(0, () => sub.subarray(2, 2).copy());
      assert.equal(empty.length, 0);
      assert.ok(empty instanceof Uint8Array);
      isAlone(empty);
      assert.equal(lend.alloc(Float64Array, 0).copy().length, 0);
    });

    it('copy() of records has the records over memory of its own', () => {
      const plain = { x: 1, y: 2, velocity: new Float32Array([3, 4]), id: 5n, kind: 6, flags: new Uint8Array(6) };
      const particles = lend.createMutableBuffer(Particle, [plain, plain]);
      const copy = copying(particles.byteLength, () => particles.copy());
      assert.equal(copy.constructor, particles.view.constructor);
      isAlone(copy.bytes);
      particles.at(0).x = 7;
      copy.at(1).x = 8;
      assert.deepEqual([particles.at(0).x, particles.at(1).x], [7, 1]);
      particles.free();
      assert.deepEqual([copy.length, copy.at(0).x, copy.at(1).x, copy.column('id').toArray()], [2, 1, 8, [5n, 5n]]);
      assert.equal(copy.toArray()[1].kind, 6);
    });

    it('toImageData() has the pixels in rows of the width', () => {
      for (const Type of [Uint8Array, Uint8ClampedArray]) {
        const buffer = lend.createReadOnlyBuffer(Type.from(count(24)));
        const image = copying(24, () => withImageData(() => buffer.toImageData(3)));
        assert.ok(image instanceof (globalThis.ImageData ?? StandIn));
        assert.deepEqual([image.width, image.height, [...image.data]], [3, 2, [...count(24)]]);
        isAlone(image.data);
      }
      const sub = mutable(24).subarray(8, 16);
      assert.deepEqual([...withImageData(() => sub.toImageData(1)).data], [...count(16).subarray(8)]);
    });

    it('toImageData() refuses elements that are no bytes', () => {
      for (const [buffer, name] of [
        [lend.alloc(Float32Array, 4), 'Float32Array'], [lend.alloc(Int8Array, 4), 'Int8Array'], [lend.alloc(Uint32Array, 4), 'Uint32Array'],
        [lend.alloc(Particle, 1), 'Particle'],
      ]) {
        refused(() => withImageData(() => buffer.toImageData(1)), 'ERR_LEND_TYPE',
          `MutableBuffer.toImageData(): its elements are those of a ${name}, not bytes; use as(Uint8Array)`);
      }
      const pixels = lend.createMutableBuffer(new Uint32Array([0x04030201]));
      assert.deepEqual([...withImageData(() => pixels.as(Uint8Array).toImageData(1)).data], [1, 2, 3, 4]);
    });

    it('toImageData() refuses a width that does not fit, and copies nothing', () => {
      const fits = (/** @type {number} */ bytes) =>
        `ReadOnlyBuffer.toImageData() takes a width that divides its ${bytes} bytes into rows, 4 bytes a pixel; got `;
      const buffer = mutable(24).freeze();
      for (const width of [0, -0, -1, -3, 1.5, 4, 7, 24, NaN, Infinity]) {
        copying(0, () => refused(() => withImageData(() => buffer.toImageData(width)), 'ERR_LEND_RANGE', fits(24) + (Object.is(width, -0) ? '-0' : width)));
      }
      for (const [width, got] of [[undefined, 'undefined'], ['3', 'the string "3"'], [3n, 'the BigInt 3n'], [{ valueOf: () => buffer.free() }, 'a plain object']]) {
        copying(0, () => refused(() => withImageData(() => buffer.toImageData(width)), 'ERR_LEND_TYPE', fits(24) + got));
      }
      refused(() => withImageData(() => mutable(0).freeze().toImageData(1)), 'ERR_LEND_RANGE', `${fits(0)}1`);
      refused(() => withImageData(() => mutable(6).freeze().toImageData(1)), 'ERR_LEND_RANGE', `${fits(6)}1`);
    });

    it('toBlob() has the bytes of any element type', async () => {
      const bytes = async (/** @type {any} */ blob) => [...new Uint8Array(await blob.arrayBuffer())];
      const buffer = mutable(4);
      const blob = copying(4, () => buffer.toBlob({ type: 'image/png' }));
      assert.ok(blob instanceof Blob);
      assert.deepEqual([blob.type, blob.size], ['image/png', 4]);
      buffer.view.fill(9);
      buffer.free();
      assert.deepEqual(await bytes(blob), [0, 1, 2, 3]);
      const floats = lend.createReadOnlyBuffer(new Float32Array([2, 3]));
      const blobOfFloats = copying(8, () => floats.toBlob());
      assert.deepEqual([blobOfFloats.type, await bytes(blobOfFloats)], ['', [0, 0, 0, 64, 0, 0, 64, 64]]);
      const bigs = lend.createReadOnlyBuffer(new BigUint64Array([1n, 2n])).subarray(1).toBlob();
      assert.deepEqual(await bytes(bigs), [2, 0, 0, 0, 0, 0, 0, 0]);
      const particles = lend.alloc(Particle, 2);
      assert.equal(particles.toBlob().size, particles.byteLength);
      assert.equal(mutable(0).toBlob().size, 0);
    });

    it('toBlob() has the elements from before its options are read', async () => {
      const buffer = mutable(3);
      const options = {
        get type() {
          buffer.view.fill(9);
          buffer.free();
          lend.alloc(Uint8Array, 1 << 20);
          return 'image/png';
        },
      };
      const blob = buffer.toBlob(options);
      assert.equal(blob.type, 'image/png');
      assert.deepEqual([...new Uint8Array(await blob.arrayBuffer())], [0, 1, 2]);
    });

    it('a host without the class is named, and nothing is copied', () => {
      const buffer = mutable(4);
      const without = (/** @type {string} */ name, /** @type {() => unknown} */ f) => () => withGlobal(name, undefined, f);
      copying(0, () => refused(without('ImageData', () => buffer.toImageData(1)), 'ERR_LEND_TYPE', 'MutableBuffer.toImageData(): this host has no ImageData'));
      copying(0, () => refused(without('Blob', () => buffer.toBlob()), 'ERR_LEND_TYPE', 'MutableBuffer.toBlob(): this host has no Blob'));
    });

    it('buffers that have ended are refused', () => {
      const [freed, moved, frozen] = [mutable(4), mutable(4), mutable(4)];
      freed.free();
      pkg.own(moved);
      frozen.freeze();
      const gone = lend.createReadOnlyBuffer(count(4));
      gone.free();
      for (const [member, call] of [['copy', []], ['toImageData', [1]], ['toBlob', []]]) {
        refused(() => freed[member](...call), 'ERR_LEND_RELEASED', `MutableBuffer.${member}(): the buffer was freed`);
        refused(() => gone[member](...call), 'ERR_LEND_RELEASED', `ReadOnlyBuffer.${member}(): the buffer was freed`);
        for (const buffer of [moved, frozen]) {
          refused(() => buffer[member](...call), 'ERR_LEND_MOVED', `MutableBuffer.${member}(): the buffer was moved into Rust, or frozen`);
        }
        const { code, message } = thrown(() => new Proxy(mutable(4), {})[member](...call));
        assert.equal(code, 'ERR_LEND_TYPE');
        assert.match(message, new RegExp(`^MutableBuffer\\.${member}\\(\\) takes the buffer itself; got a Proxy of it`));
      }
      pkg.disown().free();
    });

    it('temporary buffers can be copied until their callback returns', () => {
      const kept = [];
      pkg.call_fill((/** @type {any} */ buffer) => {
        buffer.view.set([1, 2, 3, 4]);
        kept.push(buffer, copying(4, () => buffer.copy()), withImageData(() => buffer.toImageData(1)).data, buffer.toBlob().size);
      }, 4);
      const [buffer, copy, data, size] = kept;
      assert.deepEqual([[...copy], [...data], size], [[1, 2, 3, 4], [1, 2, 3, 4], 4]);
      refused(() => buffer.copy(), 'ERR_LEND_RELEASED', 'MutableBuffer.copy(): the buffer was lent to a callback, which has returned');
      pkg.call_rows((/** @type {any} */ row) => row.copy()[0], 1);
    });

    it('the engine takes copies where it may refuse the view', async () => {
      const buffer = lend.createReadOnlyBuffer(new TextEncoder().encode('abc'));
      assert.equal(new TextDecoder().decode(buffer.copy()), 'abc');
      assert.equal(new TextEncoder().encodeInto('xyz', buffer.copy()).written, 3);
      assert.equal(crypto.getRandomValues(buffer.copy()).length, 3);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', buffer.copy()));
      assert.deepEqual([...digest.subarray(0, 4)], [0xba, 0x78, 0x16, 0xbf]);
      for (const body of [buffer.copy(), buffer.toBlob()]) assert.equal(await new Response(body).text(), 'abc');
      assert.equal(await new File([buffer.copy()], 'abc.txt').text(), 'abc');
    });
  });
}
