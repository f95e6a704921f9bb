// Plain arrays that lie about themselves, change during the call, or lie in the memory of a buffer; and results that JavaScript cannot
// make. Each array is refused, or copied as it was read once. Nothing is left behind.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { counts } from './counts.mjs';
import { growing, load, refused, TARGETS, thrown } from './packages.mjs';

const bytes = (...values) => new Uint8Array(values);

function detached() {
  const array = bytes(1, 2, 3);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

function outOfBounds() {
  const buffer = new ArrayBuffer(8, { maxByteLength: 64 });
  const array = new Uint8Array(buffer, 4, 4);
  buffer.resize(2);
  return array;
}

const isResizable = 'resizable' in ArrayBuffer.prototype;
const isGrowable = typeof SharedArrayBuffer === 'function' && 'grow' in SharedArrayBuffer.prototype;

/** An array of 4 GiB whose memory is never touched, or undefined if the engine cannot make one. */
function huge() {
  try {
    return new Uint8Array(2 ** 32);
  } catch {
    return undefined;
  }
}

/** Grows a buffer step by step in another thread. @param {SharedArrayBuffer} buffer @param {Int32Array} go @param {number} most */
async function grower(buffer, go, most) {
  const grow = `Atomics.wait(go, 0, 0); for (let n = 16; n <= ${most}; n += 8) { buffer.grow(n); for (let i = 0; i < 50; i++); }`;
  if (typeof globalThis.Worker === 'function' && typeof globalThis.document === 'object') {
    const url = URL.createObjectURL(new Blob([`onmessage = ({ data: [buffer, go] }) => { postMessage(0); ${grow} };`]));
    const worker = new globalThis.Worker(url);
    worker.postMessage([buffer, go]);
    await new Promise((resolve) => { worker.onmessage = resolve; });
    return worker;
  }
  const { Worker } = await import('node:worker_threads');
  const source = `const { workerData: [buffer, go], parentPort } = require('node:worker_threads'); parentPort.postMessage(0); ${grow}`;
  const worker = new Worker(source, { eval: true, workerData: [buffer, go] });
  await new Promise((resolve) => worker.once('message', resolve));
  return worker;
}

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;

  /** Counts that a refused call must not change. */
  const now = () => counts(pkg);

  /** @param {() => unknown} call @param {string} code @param {string} message */
  function leavesNothing(call, code, message) {
    const before = now();
    refused(call, code, message);
    assert.deepEqual(now(), before);
  }

  const TAKES = {
    shared: 'a ReadOnlyBuffer<Uint8Array>, a MutableBuffer<Uint8Array> or a Uint8Array',
    exclusive: 'a MutableBuffer<Uint8Array> or a Uint8Array',
    keep: 'a ReadOnlyBuffer<Uint8Array> (freeze() makes one of a MutableBuffer) or a Uint8Array',
    create: 'a typed array (Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, BigUint64Array, BigInt64Array, '
      + `Float32Array, Float64Array, Uint8ClampedArray${'Float16Array' in globalThis ? ', Float16Array' : ''})`,
  };

  /** Every kind of argument: the call, the start of its message, and what the argument takes. @type {Array<[(array: any) => unknown, string, string]>} */
  const kinds = [
    [(array) => pkg.sum(array), 'sum(): argument `values: &[u8]`', TAKES.shared],
    [(array) => pkg.reverse_u8(array), 'reverse_u8(): argument `values: &mut [u8]`', TAKES.exclusive],
    [(array) => pkg.keep_u8(array), 'keep_u8(): argument `values: Buffer<u8>`', TAKES.keep],
    [(array) => pkg.take_u8(array), 'take_u8(): argument `values: BufferMut<u8>`', TAKES.exclusive],
    [(array) => pkg.vec_u8(array), 'vec_u8(): argument `values: Vec<u8>`', TAKES.exclusive],
    [(array) => pkg.maybe_buffers(array), 'maybe_buffers(): argument `slice: Option<&[u8]>`', `${TAKES.shared}, or undefined`],
    [(array) => pkg.maybe_buffers(null, array), 'maybe_buffers(): argument `exclusive: Option<&mut [u8]>`', `${TAKES.exclusive}, or undefined`],
    [(array) => pkg.maybe_buffers(null, null, array), 'maybe_buffers(): argument `keep: Option<Buffer<u8>>`', `${TAKES.keep}, or undefined`],
    [(array) => pkg.maybe_buffers(null, null, null, array), 'maybe_buffers(): argument `take: Option<BufferMut<u8>>`', `${TAKES.exclusive}, or undefined`],
    [(array) => pkg.maybe_buffers(null, bytes(1), bytes(1), bytes(1), array), 'maybe_buffers(): argument `vec: Option<Vec<u8>>`', `${TAKES.exclusive}, or undefined`],
    [(array) => lend.callRustSync('sum', [array]), 'sum(): argument `values: &[u8]`', TAKES.shared],
    [(array) => lend.createReadOnlyBuffer(array), 'lend.createReadOnlyBuffer()', TAKES.create],
    [(array) => lend.createMutableBuffer(array), 'lend.createMutableBuffer()', TAKES.create],
  ];

  describe(`arrays are read once, ${target}`, () => {
    it('refuses an array whose buffer is detached, in every kind of parameter', () => {
      for (const [call, where, takes] of kinds) {
        leavesNothing(() => call(detached()), 'ERR_LEND_TYPE', `${where} takes ${takes}; got a Uint8Array whose buffer is detached`);
      }
      leavesNothing(
        () => pkg.nested([], [detached(), new Uint16Array(1)]),
        'ERR_LEND_TYPE',
        'nested(): argument `maybe: (Option<Vec<u8>>, Box<[u16]>)` [0] takes a ReadOnlyBuffer or MutableBuffer<Uint8Array> or a Uint8Array; '
          + 'got a Uint8Array whose buffer is detached',
      );
    });

    it('refuses an array that is out of bounds of its buffer, in every kind of parameter', { skip: !isResizable }, () => {
      for (const [call, where, takes] of kinds) {
        leavesNothing(() => call(outOfBounds()), 'ERR_LEND_TYPE', `${where} takes ${takes}; got a Uint8Array that is out of bounds of its buffer`);
      }
    });

    it('takes an empty array that is not detached', () => {
      const before = now();
      assert.equal(pkg.sum(bytes()), 0);
      assert.equal(pkg.sum(bytes(1, 2).subarray(2)), 0);
      pkg.reverse_u8(bytes());
      assert.equal(pkg.vec_u8(bytes()).length, 0);
      lend.createReadOnlyBuffer(bytes()).free();
      assert.deepEqual(now(), before);
    });

    const array = huge();
    it('refuses an array of 4 GiB for lack of memory and does not cut its length off', { skip: array === undefined }, () => {
      for (const [call, where] of kinds) {
        const message = where.startsWith('lend.')
          ? `${where}: no memory for 4294967296 elements of Uint8Array (4294967296 bytes)`
          : `${where}: no memory for its 4294967296 bytes`;
        leavesNothing(() => call(array), 'ERR_LEND_OOM', message);
      }
      leavesNothing(
        () => pkg.nested([], [array, new Uint16Array(1)]),
        'ERR_LEND_OOM',
        'nested(): argument `maybe: (Option<Vec<u8>>, Box<[u16]>)` [0] no memory for a copy of a Uint8Array of length 4294967296',
      );
    });

    it('ignores properties that an array defines itself', () => {
      const before = now();
      const lying = () => Object.defineProperties(bytes(1, 2, 3), {
        buffer: { get() { throw new Error('asked for its buffer'); } },
        byteOffset: { value: 1 << 20 },
        byteLength: { value: 1 << 20 },
        length: { value: 1 << 20 },
        set: { value() { throw new Error('asked to set'); } },
        constructor: { get() { throw new Error('asked for its constructor'); } },
        [Symbol.toStringTag]: { value: 'Float64Array' },
      });
      assert.equal(pkg.sum(lying()), 6);
      const turned = lying();
      pkg.reverse_u8(turned);
      assert.deepEqual([...turned], [3, 2, 1]);
      pkg.swap(turned, lying());
      assert.deepEqual([...turned], [1, 2, 3]);
      assert.deepEqual([...pkg.vec_u8(lying())], [3, 2, 1]);
      pkg.keep_u8(lying()).free();
      lend.createMutableBuffer(lying()).free();
      assert.deepEqual(now(), before);
    });

    it('copies back the arrays that it has copied in, whatever properties they have', () => {
      const before = now();
      const array = Object.defineProperty(new Float32Array([1, 2]), '$lent', { value: true });
      pkg.scale(array, 2);
      assert.deepEqual([...array], [2, 4]);
      for (let i = 0; i < 100; i++) {
        assert.equal(thrown(() => pkg.add_into(array, 'no array')).code, 'ERR_LEND_TYPE');
        assert.equal(thrown(() => pkg.swap(bytes(1), detached())).code, 'ERR_LEND_TYPE');
      }
      pkg.scale(array, 2);
      assert.deepEqual([...array], [4, 8]);
      assert.deepEqual(now(), before);
    });

    it('refuses a buffer beside a view of its memory if one of them is written to, in either order', () => {
      const buffer = lend.createMutableBuffer(bytes(1, 2, 3, 4));
      const shares = (name, argument) =>
        `${name}(): argument \`${argument}\` shares memory with another argument of this call, and one of the two is to be written to`;
      const sub = () => new Uint8Array(buffer.view.buffer, buffer.view.byteOffset + 3, 3);
      const all = () => new Uint8Array(buffer.view.buffer);
      for (const view of [() => buffer.view, sub, () => buffer.view.subarray(1, 2)]) {
        leavesNothing(() => pkg.swap(buffer, view()), 'ERR_LEND_ALIASED', shares('swap', 'other: &mut [u8]'));
        leavesNothing(() => pkg.swap(view(), buffer), 'ERR_LEND_ALIASED', shares('swap', 'one: &mut [u8]'));
        leavesNothing(() => pkg.read_beside_written(view(), buffer), 'ERR_LEND_ALIASED', shares('read_beside_written', 'read: &[u8]'));
        leavesNothing(() => pkg.read_beside_written(buffer, view()), 'ERR_LEND_ALIASED', shares('read_beside_written', 'written: &mut [u8]'));
        leavesNothing(() => pkg.write_and_take(view(), buffer), 'ERR_LEND_ALIASED', shares('write_and_take', 'written: &mut [u8]'));
        leavesNothing(() => pkg.take_and_write(buffer, view()), 'ERR_LEND_ALIASED', shares('take_and_write', 'written: &mut [u8]'));
      }
      leavesNothing(() => pkg.read_beside_written(all(), buffer), 'ERR_LEND_ALIASED', shares('read_beside_written', 'read: &[u8]'));
      assert.deepEqual(buffer.toArray(), [1, 2, 3, 4]);
      assert.equal(buffer.moved, false);
      // These views lie beside the buffer, belong to another buffer, or are empty.
      const other = lend.createMutableBuffer(bytes(5, 6, 7, 8));
      pkg.swap(other.view, buffer);
      assert.deepEqual([buffer.toArray(), other.toArray()], [[5, 6, 7, 8], [1, 2, 3, 4]]);
      pkg.swap(buffer.subarray(0, 2), buffer.view.subarray(2));
      assert.deepEqual(buffer.toArray(), [7, 8, 5, 6]);
      assert.equal(pkg.read_beside_written(buffer.view.subarray(1, 1), buffer), 4);
      assert.equal(pkg.write_and_take(other.view, bytes(1, 2)), 6);
      // Buffers still work afterwards.
      pkg.swap(buffer, other);
      assert.equal(thrown(() => pkg.swap(buffer, buffer)).code, 'ERR_LEND_ALIASED');
      buffer.free();
      other.free();
    });

    it('accepts an empty sub-buffer beside the whole', () => {
      const whole = lend.createMutableBuffer(bytes(1, 2, 3, 4));
      const empty = whole.subarray(2, 2);
      assert.equal(pkg.read_beside_written(empty, whole), 4);
      assert.equal(pkg.read_beside_written(whole, empty), 4);
      refused(
        () => pkg.read_beside_written(whole.subarray(2, 3), whole),
        'ERR_LEND_ALIASED',
        'read_beside_written(): argument `written: &mut [u8]`: the buffer, or a part of it, is another argument of this call too, and one of the two needs it for itself',
      );
      for (const buffer of [empty, whole]) buffer.free();
    });

    it('copies the length that it has read, even if another thread makes the array longer', { skip: !isGrowable || growing }, async () => {
      const MOST = 1 << 17;
      for (const end = Date.now() + 2000; Date.now() < end;) {
        const buffer = new SharedArrayBuffer(8, { maxByteLength: MOST });
        const go = new Int32Array(new SharedArrayBuffer(4));
        const worker = await grower(buffer, go, MOST);
        const array = new Uint8Array(buffer);
        const guards = [];
        Atomics.store(go, 0, 1);
        Atomics.notify(go, 0);
        while (array.length < MOST) {
          assert.equal(pkg.sum(array), 0);
          lend.createReadOnlyBuffer(array).free();
          pkg.reverse_u8(array);
          assert.equal(pkg.vec_u8(array).every((byte) => byte === 0), true);
          if (guards.length < 200) guards.push(lend.createMutableBuffer(new Uint8Array(40).fill(7)));
        }
        assert.equal(guards.every((guard) => guard.view.every((byte) => byte === 7)), true, 'the memory beside the copy has not changed');
        for (const guard of guards) guard.free();
        await worker.terminate();
      }
    });

    it('frees a result that JavaScript has no memory for', () => {
      const values = lend.createReadOnlyBuffer(bytes(1));
      const message = (name, what) => `${name}(): the result: JavaScript has no memory for ${what}`;
      const { slice } = Uint8Array.prototype;
      const prototype = Object.getPrototypeOf(Uint8Array.prototype);
      prototype.slice = () => { throw new RangeError('Array buffer allocation failed'); };
      try {
        leavesNothing(() => pkg.ones_copied(5000), 'ERR_LEND_OOM', message('ones_copied', '5000 bytes'));
      } finally {
        prototype.slice = slice;
      }
      const { decode } = TextDecoder.prototype;
      TextDecoder.prototype.decode = () => { throw new RangeError('Invalid string length'); };
      try {
        leavesNothing(() => pkg.text_beside(values, 5000), 'ERR_LEND_OOM', message('text_beside', 'a string of 5000 bytes'));
      } finally {
        TextDecoder.prototype.decode = decode;
      }
      assert.equal(pkg.text_beside(values, 5000).length, 5000);
      values.free();
    });

    it('aligns records, whatever the scratch memory held before', () => {
      const line = { bytes: new Uint8Array(64).fill(1) };
      for (let count = 0; count < 100; count++) {
        assert.equal(pkg.line_offset(Array.from({ length: count }, () => line)), 0);
        pkg.sum(new Uint8Array(count * 50));
      }
      assert.deepEqual(pkg.make_lines(3).map(({ bytes }) => bytes[63]), [0, 1, 2]);
    });

    it('counts records of no bytes', () => {
      assert.equal(pkg.count_nothing([{}, {}]), 2);
      const buffer = lend.createReadOnlyBuffer(pkg.Nothing, [{}, {}, {}]);
      assert.deepEqual([buffer.length, buffer.view.length, pkg.count_nothing(buffer)], [3, 3, 3]);
      buffer.free();
    });

    it('ignores properties that an array of records defines itself', () => {
      const before = now();
      const buffer = lend.alloc(pkg.Pixel, 2);
      const { constructor } = buffer.view;
      const forged = new constructor(new ArrayBuffer(6), 0, 2);
      Object.defineProperties(forged, { bytes: { value: new Uint8Array(1 << 20) }, length: { value: 1 } });
      assert.equal(thrown(() => pkg.brightness(forged)).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => { constructor.BYTES_PER_ELEMENT = 1; }).name, 'TypeError');
      // This getter changes the list while it is read.
      const list = [{ r: 1, g: 1, get b() { list.length = 1000; return 1; } }, { r: 2, g: 2, b: 2 }];
      assert.equal(pkg.brightness(list), 9);
      buffer.free();
      assert.deepEqual(now(), before);
    });
  });
}
