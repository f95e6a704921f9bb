// `#[export(coerce)]` converts numbers as `#[wasm_bindgen]` does.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, refused, TARGETS, thrown } from './packages.mjs';

const TYPES = ['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'u64', 'i64', 'f32', 'f64', 'usize', 'bool'];
const VALUES = [
  0, -0, 1, 20.7, -20.7, 255, 256, 300, -1, -129, 65536, 2 ** 31, 2 ** 32 + 5, -(2 ** 31) - 1, 1e300, NaN, Infinity, 0.1, '3', '0x10', '', 'x', true, false, [], [7], [1, 2],
  {}, { valueOf: () => 42.5 }, new Date(5), null, undefined, 1n, -1n, 2n ** 64n + 3n,
];

for (const target of TARGETS) {
  describe(`coerce, ${target}`, async () => {
    const pkg = await load(target);
    const outcome = (f, value) => {
      try {
        return f(value);
      } catch (error) {
        assert.ok(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError || error.code === 'ERR_LEND_TYPE', error);
        return 'an error';
      }
    };

    for (const type of TYPES) {
      it(`${type} is converted as in wasm-bindgen`, () => {
        for (const value of VALUES) {
          const shown = typeof value === 'bigint' ? `${value}n` : JSON.stringify(value) ?? String(value);
          assert.deepEqual(outcome(pkg[`coerced_${type}`], value), outcome(pkg[`bindgen_${type}`], value), shown);
          assert.deepEqual(outcome(pkg[`coerced_maybe_${type}`], value), outcome(pkg[`bindgen_maybe_${type}`], value), `maybe ${shown}`);
        }
      });
    }

    it('everything else is still checked', () => {
      const bytes = new Uint8Array(2);
      assert.equal(pkg.coerced_beside('300', 'a', bytes), 44 + 97);
      assert.deepEqual([...bytes], [44, 44]);
      refused(() => pkg.coerced_beside('300', 'ab', bytes), 'ERR_LEND_RANGE', 'coerced_beside(): argument `letter: char` takes a string of one character; got the string "ab"');
      refused(() => pkg.coerced_u64(5), 'ERR_LEND_TYPE', 'coerced_u64(): argument `value: u64` takes a BigInt from 0n to 18446744073709551615n; got 5');
      const buffer = pkg.lend.createMutableBuffer(new Uint8Array(2));
      const before = pkg.lend.stats().handles;
      assert.ok(thrown(() => pkg.coerced_beside(Symbol('x'), 'a', buffer)) instanceof TypeError);
      pkg.coerced_beside(1, 'a', buffer);
      const freeing = { valueOf: () => (buffer.free(), 1) };
      assert.ok(thrown(() => pkg.coerced_beside(freeing, 'a', buffer)).code.startsWith('ERR_LEND_'));
      assert.equal(pkg.lend.stats().handles, before - 1);
    });

    it('modules and classes convert', () => {
      assert.equal(pkg.coerced_in_module('7.9'), 7);
      const instance = new pkg.Coerced(257);
      assert.equal(instance.value, 1);
      instance.value = '9';
      assert.equal(instance.add(1.9), 10);
    });
  });
}
