// Every scalar: inside its range, outside of it, and absent.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS, thrown } from './packages.mjs';

const bits = (size, signed) => (signed ? [-(2n ** BigInt(size - 1)), 2n ** BigInt(size - 1) - 1n] : [0n, 2n ** BigInt(size) - 1n]);
const numbers = (size, signed) => bits(size, signed).map(Number);
const whole = ([low, high]) => ({
  good: [low, high, 0, 1],
  bad: [low - 1, high + 1, 0.5, NaN, Infinity],
  takes: `a whole number from ${low} to ${high}`,
});
const big = ([low, high]) => ({ good: [low, high, 0n, 1n], bad: [low - 1n, high + 1n], takes: `a BigInt from ${low}n to ${high}n` });

const KINDS = {
  u8: whole(numbers(8, false)), i8: whole(numbers(8, true)), u16: whole(numbers(16, false)), i16: whole(numbers(16, true)),
  u32: whole(numbers(32, false)), i32: whole(numbers(32, true)), usize: whole(numbers(32, false)), isize: whole(numbers(32, true)),
  u64: big(bits(64, false)), i64: big(bits(64, true)), u128: big(bits(128, false)), i128: big(bits(128, true)),
  f32: { good: [0.5, -Infinity, NaN, -0], bad: [], takes: 'a number' },
  f64: { good: [0.1, 1e300, NaN, -0, 4294967297], bad: [], takes: 'a number' },
  bool: { good: [true, false], bad: [], takes: 'true or false' },
  char: { good: ['a', 'é', '漢', '😀', '\0', '\u{10ffff}', '\uffff'], bad: ['', 'ab', '\ud800', '\udfff', '😀a'], takes: 'a string of one character' },
};

for (const target of TARGETS) {
  const pkg = await load(target);

  describe(`numbers, ${target}`, () => {
    for (const [kind, { good, bad, takes }] of Object.entries(KINDS)) {
      it(`passes ${kind} in both directions, alone and in an Option`, () => {
        for (const value of good) {
          assert.ok(Object.is(pkg[`same_${kind}`](value), value), `${kind} ${String(value)}`);
          assert.ok(Object.is(pkg[`maybe_${kind}`](value), value), `Option<${kind}> ${String(value)}`);
        }
        for (const absent of [undefined, null]) {
          assert.equal(pkg[`maybe_${kind}`](absent), undefined);
          assert.equal(pkg[`is_${kind}`](absent), 'None');
        }
        assert.equal(pkg[`maybe_${kind}`](), undefined);
      });

      it(`refuses values that are not a ${kind}`, () => {
        for (const value of bad) {
          const error = thrown(() => pkg[`same_${kind}`](value));
          assert.equal(error.code, 'ERR_LEND_RANGE', `${kind} ${String(value)}`);
          assert.ok(error.message.startsWith(`same_${kind}(): argument \`value: ${kind}\` takes ${takes}; got `), error.message);
          assert.equal(thrown(() => pkg[`maybe_${kind}`](value)).code, 'ERR_LEND_RANGE');
        }
        const shown = `maybe_${kind}(): argument \`value: Option<${kind}>\` takes ${takes}, or undefined; got a plain object`;
        const hostile = { valueOf() { throw new Error('converted'); }, toString() { throw new Error('converted'); } };
        for (const value of [hostile, Symbol('s'), [1], typeof good[0] === 'number' ? '1' : 1]) {
          for (const name of ['same', 'maybe']) assert.equal(thrown(() => pkg[`${name}_${kind}`](value)).code, 'ERR_LEND_TYPE');
        }
        assert.equal(thrown(() => pkg[`maybe_${kind}`](hostile)).message, shown);
      });
    }

    it('Rust sees the same number', () => {
      assert.equal(pkg.is_u128(2n ** 128n - 1n), 'Some(340282366920938463463374607431768211455)');
      assert.equal(pkg.is_i128(-(2n ** 127n)), 'Some(-170141183460469231731687303715884105728)');
      assert.equal(pkg.is_i64(-5n), 'Some(-5)');
      assert.equal(pkg.is_f32(4294967297), 'Some(4294967300.0)', 'rounding this number gives the one that stands for None on the wire');
      assert.equal(pkg.is_char('😀'), "Some('😀')");
      assert.equal(pkg.many(2n ** 64n, -1n, undefined, 7n), '18446744073709551616 Some(-1) None 7');
      assert.equal(pkg.many(0n, null, 0.5, -7n), '0 None Some(0.5) -7');
    });

    it('uses the default of an omitted argument', () => {
      assert.equal(pkg.defaults(1), '1 2 x [1.0] ["a"] None');
      assert.equal(pkg.defaults(1, undefined, null, undefined, null, undefined), '1 2 x [1.0] ["a"] None');
      assert.equal(pkg.defaults(1, 3, 'm', new Float32Array([0.5]), [], 9), '1 3 m [0.5] [] Some(9)');
      const error = thrown(() => pkg.defaults(1, 2.5));
      assert.equal(error.message, 'defaults(): argument `factor?: u32` takes a whole number from 0 to 4294967295, or undefined; got 2.5');
    });
  });
}
