// `lend.share` and its kin in packages without shared memory: they copy. tests/js/threads has those with it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, refused, shared, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  describe(`hand-over, ${target}`, { skip: shared && 'memory is shared' }, async () => {
    const pkg = await load(target);
    const { lend, Particle } = pkg;
    const bytes = (...values) => new Uint8Array(values);
    /** As a message arrives. */
    const posted = (token) => structuredClone(token);

    it('says once that it copies', (test) => {
      const said = test.mock.method(console, 'info', () => {});
      for (let i = 0; i < 2; i++) lend.revoke(lend.share(lend.createMutableBuffer(bytes(1))));
      assert.deepEqual(said.mock.calls.map(({ arguments: [text] }) => text), [
        'wasm-lend: lend.share() copies the elements: this package was built without shared memory (cargo xtask build --threads)',
      ]);
      assert.equal(lend.isShared, false);
    });

    it('a read-only buffer stays, a mutable one moves', () => {
      const before = lend.stats().buffers;
      const [readOnly, mutable] = [lend.createReadOnlyBuffer(new Float32Array([1, 2])), lend.createMutableBuffer(bytes(1, 2, 3))];
      const copies = [readOnly, mutable.subarray(1), mutable].map((buffer) => lend.receive(posted(lend.share(buffer))));
      assert.deepEqual(copies.map(({ view }) => view), [new Float32Array([1, 2]), bytes(2, 3), bytes(1, 2, 3)]);
      assert.equal(mutable.moved, true);
      assert.equal(thrown(() => lend.share(mutable)).code, 'ERR_LEND_MOVED');
      pkg.reverse_u8(copies[2]);
      assert.equal(thrown(() => pkg.reverse_u8(copies[0])).code, 'ERR_LEND_TYPE');
      for (const buffer of [readOnly, ...copies]) buffer.free();
      assert.equal(lend.stats().buffers, before);
      assert.equal(lend.stats().inFlight, 0);
    });

    it('records keep their type', () => {
      const particles = lend.createReadOnlyBuffer(Particle, [{ x: 1, y: 2, velocity: new Float32Array([0.5, -1]), id: 7n, kind: -3, flags: new Uint8Array(6) }]);
      const copy = lend.receive(posted(lend.share(particles)));
      assert.deepEqual(copy.toArray(), particles.toArray());
    });

    it('a token works once', () => {
      const token = lend.share(lend.createReadOnlyBuffer(bytes(1)));
      lend.receive(token);
      refused(() => lend.receive(token), 'ERR_LEND_MOVED', 'lend.receive(): the buffer of this token was received already, or revoked: a token works once');
      assert.equal(lend.revoke(token), false);
    });

    it('anything else is refused', () => {
      for (const value of [undefined, null, 1, {}, [], bytes(1), { $lend: 0, type: 'Uint8Array' }]) {
        assert.equal(thrown(() => lend.receive(value)).code, 'ERR_LEND_TYPE');
        assert.equal(thrown(() => lend.revoke(value)).code, 'ERR_LEND_TYPE');
        assert.equal(thrown(() => lend.share(value)).code, 'ERR_LEND_TYPE');
      }
      refused(() => lend.receive(5), 'ERR_LEND_TYPE', 'lend.receive() takes what lend.share() has returned; got 5');
      const token = lend.share(lend.createReadOnlyBuffer(bytes(1)));
      for (const wrong of [{ ...token, type: 'Nobody' }, { ...token, type: 'Particle' }, { ...token, elements: new Uint8Array(999), type: 'Particle' }, { ...token, elements: new Uint8Array(32), type: 'Particle', length: 2 ** 27 }, { ...token, elements: [1] }, { ...token, elements: 'x' }]) assert.equal(thrown(() => lend.receive(wrong)).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => lend.receive({ ...token, $lend: 3, generation: 1, memory: 1 })).code, 'ERR_LEND_FOREIGN');
    });

    it('what a call writes to does not leave', () => {
      const buffer = lend.createMutableBuffer(bytes(1));
      let error;
      pkg.set_callback(() => (error = thrown(() => lend.share(buffer))));
      pkg.exclusive_while(buffer);
      assert.equal(error.code, 'ERR_LEND_BORROWED');
      pkg.reverse_u8(buffer);
    });

    it('is a transfer handler of Comlink', () => {
      const { canHandle, serialize, deserialize } = lend.transferHandler;
      const buffer = lend.createMutableBuffer(bytes(4, 5));
      assert.deepEqual([buffer, {}, bytes(1), undefined].map(canHandle), [true, false, false, false]);
      const [token, transfer] = serialize(buffer);
      assert.deepEqual([...deserialize(structuredClone(token, { transfer })).view], [4, 5]);
    });

    it('join refuses what is no worker', () => {
      assert.equal(thrown(() => lend.join({})).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => lend.join({ postMessage() {} }, { stackSize: 5 })).code, 'ERR_LEND_RANGE');
      assert.equal(thrown(() => lend.serve(3)).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => lend.serve(() => {})).code, 'ERR_LEND_TYPE');
    });
  });
}
