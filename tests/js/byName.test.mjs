// Calls by name, names in attributes, and namespaces.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend, LendError } = pkg;

  describe(`calls by name, ${target}`, () => {
    it('call any exported function', async () => {
      const values = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
      assert.deepEqual(await lend.callRust('sum', [values]), [6]);
      assert.deepEqual(lend.callRustSync('sum', [new Uint8Array([5])]), [5]);
      assert.deepEqual(lend.callRustSync('nothing'), []);
      assert.deepEqual(lend.callRustSync('defaults', [1]), ['1 2 x [1.0] ["a"] None']);
      assert.deepEqual(lend.callRustSync('geometry.area', [2, 3]), [6]);
      assert.deepEqual(await lend.callRust('sum_later', [values, Promise.resolve(1)]), [7]);
      values.free();
    });

    it('call the handler for any other name', async () => {
      const values = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
      const [[sum]] = await lend.callRust('handled_sum', [values]);
      assert.equal(sum, 6);
      assert.deepEqual(await lend.callRust('handled_sum', [new Uint8Array([7])]), [new Uint8Array([7])]);
      const mutable = lend.createMutableBuffer(new Uint32Array([4]));
      const all = lend.callRustSync('handled_all', [new Float32Array([0.5]), mutable, 'text', 2.5, true, null]);
      assert.deepEqual([all[0], all[1].view, ...all.slice(2)], [new Float32Array([0.5]), new Uint32Array([4]), 'text', 2.5, true, true]);
      assert.equal(mutable.moved, false, 'a mutable buffer is copied');
      assert.deepEqual(lend.callRustSync('handled_none'), []);
      const [same] = lend.callRustSync('handled_same', [values]);
      assert.equal(same.view.byteOffset, values.view.byteOffset, 'the same memory');
      for (const buffer of [values, mutable, all[1], same]) buffer.free();
    });

    it('are refused with a message that says what was expected', async () => {
      const { handles } = lend.stats();
      const fails = async (name, params, code, message) => {
        await assert.rejects(lend.callRust(name, params), { code, message });
        const error = thrown(() => lend.callRustSync(name, params));
        assert.ok(error instanceof LendError);
        assert.equal(error.message, message);
      };
      await fails('sum', [], 'ERR_LEND_NAME', "lend.callRust('sum') takes 1 parameter (values: &[u8]); got 0");
      await fails('scale', [1], 'ERR_LEND_NAME', "lend.callRust('scale') takes 2 parameters (samples: &mut [f32], gain: f32); got 1");
      await fails('year_of_maybe', [1, 2], 'ERR_LEND_NAME', "lend.callRust('year_of_maybe') takes 0 to 1 parameter (date: Option<&Date>); got 2");
      await fails('sum', ['x'], 'ERR_LEND_TYPE', 'sum(): argument `values: &[u8]` takes a ReadOnlyBuffer<Uint8Array>, a MutableBuffer<Uint8Array> or a Uint8Array; got the string "x"');
      await fails(5, [], 'ERR_LEND_TYPE', "lend.callRust() takes a function's name; got 5");
      await fails('sum', 5, 'ERR_LEND_TYPE', "lend.callRust('sum') takes the parameters as an Array; got 5");
      const kind = "lend.callRust('handled_sum'): parameter 0 has to be a ReadOnlyBuffer or MutableBuffer<Uint8Array> or a Uint8Array; got ";
      await fails('handled_sum', ['x'], 'ERR_LEND_TYPE', `${kind}the string "x"`);
      const floats = lend.createReadOnlyBuffer(new Float32Array(3));
      await fails('handled_sum', [floats], 'ERR_LEND_TYPE', `${kind}a buffer of f32 of length 3`);
      floats.free();
      assert.equal(lend.stats().handles, handles, 'nothing is kept');
      assert.equal(thrown(() => lend.callRustSync('handled_sum', [{}])).code, 'ERR_LEND_TYPE');
      assert.deepEqual(lend.callRustSync('handled_sum', [new Uint8Array([1])]), [new Uint8Array([1])], 'and it works afterwards');
    });
  });

  describe(`names, ${target}`, () => {
    it('are the names in the attributes', () => {
      assert.equal(pkg.twiceAsMuch(21), 42);
      assert.equal(pkg.twice_as_much, undefined);
      assert.equal(thrown(() => pkg.twiceAsMuch('x')).message, 'twiceAsMuch(): argument `theNumber: u16` takes a whole number from 0 to 65535; got the string "x"');
      assert.equal(pkg.geometry.area(2, 3), 6);
      const points = new Float32Array([1, 2]);
      pkg.geometry.delete(points);
      assert.deepEqual([...points], [0, 0]);
      assert.equal(thrown(() => pkg.geometry.area(1, '2')).message, 'geometry.area(): argument `height: f64` takes a number; got the string "2"');
      assert.equal(pkg.area, undefined);
      assert.equal(pkg.solo.only('xyz'), 3);
      assert.ok(Object.isFrozen(pkg.geometry));
      assert.equal(pkg.undeclared(), true);
      assert.equal(pkg.one_or_two('b'), 2);
    });
  });
}
