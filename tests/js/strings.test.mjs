// Strings in both directions, compared with TextEncoder and TextDecoder.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { load, TARGETS, thrown } from './packages.mjs';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** A string after a round trip: lone surrogates become U+FFFD. */
const wellFormed = (text) => decoder.decode(encoder.encode(text));

/** Any mix of ASCII, Latin-1, CJK, emoji, NUL, byte order marks and lone surrogates. */
const units = fc.oneof(
  fc.constantFrom('a', 'Z', '0', ' ', '\u007f', '\0'),
  fc.constantFrom('é', 'ÿ', 'ß', '\u0080', '\u07ff', '\u0800'),
  fc.constantFrom('漢', '字', 'か', '\uffff', '\ufeff', '\ufffd'),
  fc.constantFrom('😀', '🏳️‍🌈', '𝒳', '\u{10ffff}', '\u{10000}'),
  fc.constantFrom('\ud800', '\udbff', '\udc00', '\udfff'),
);
const ECHOES = ['echo_str', 'echo_string', 'echo_boxed', 'echo_cow'];
const LARGEST = 1024 * 1024;

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;

  const roundTrips = (text) => {
    const expected = wellFormed(text);
    for (const echo of ECHOES) assert.equal(pkg[echo](text), expected);
    assert.equal(pkg.byte_length(text), encoder.encode(text).length);
  };

  describe(`strings, ${target}`, () => {
    it('pass unchanged in both directions, with any characters', () => {
      const short = fc.array(units, { maxLength: 120 }).map((parts) => parts.join(''));
      fc.assert(fc.property(short, (text) => {
        roundTrips(text);
        assert.deepEqual(pkg.bytes_of(text), encoder.encode(text));
      }), { numRuns: 400 });
    });

    it('pass unchanged at every length around the limits of each path, up to 1 MiB', () => {
      const limits = [0, 1, 4, 15, 16, 17, 79, 80, 81, 1000, 4095, 4096, 4097, 5460, 5461, 5462, 16384, 65536, LARGEST];
      for (const length of limits) {
        for (const one of ['a', 'é', '漢', '\ud800', '😀']) {
          const text = one.repeat(length / one.length);
          roundTrips(text);
          // Only the last code unit is not ASCII.
          roundTrips('a'.repeat(Math.max(0, length - one.length)) + one);
          // Only the first code unit is not ASCII.
          roundTrips(one + 'a'.repeat(Math.max(0, length - one.length)));
        }
      }
    });

    it('pass unchanged if they are long, with any characters', () => {
      const long = fc.tuple(fc.array(units, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 3000 }));
      fc.assert(fc.property(long, ([parts, times]) => roundTrips(parts.join('').repeat(times))), { numRuns: 40 });
    });

    it('are decoded as TextDecoder does', () => {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        assert.equal(pkg.string_of(bytes), decoder.decode(bytes));
      }), { numRuns: 300 });
    });

    it('one call takes several, short and long', () => {
      const longs = ['x'.repeat(6000), '漢'.repeat(6000), 'é'.repeat(20_000)];
      for (const a of ['', 'a', ...longs]) {
        for (const b of ['b', ...longs]) {
          for (const c of ['', 'é', ...longs]) assert.equal(pkg.join(a, b, c), `${a}|${b}|${c}`);
        }
      }
      const almostFull = 'f'.repeat(5400);
      assert.equal(pkg.join(almostFull, almostFull, almostFull), `${almostFull}|${almostFull}|${almostFull}`);
    });

    it('undefined and null are None, and None is undefined', () => {
      assert.deepEqual(pkg.maybe_strings('a', '', 'ü', 'd'), ['Some("a")', 'Some("")', 'Some("ü")', 'Some("d")']);
      assert.deepEqual(pkg.maybe_strings(null, undefined), ['None', 'None', 'None', 'None']);
      assert.deepEqual(pkg.maybe_strings('l'.repeat(9000), null, 'm'.repeat(9000)).map((text) => text.length), [9008, 4, 9008, 4]);
      assert.equal(pkg.unless_empty(''), undefined);
      assert.equal(pkg.unless_empty('x'), 'x');
      assert.equal(pkg.unless_empty('x'.repeat(100_000)).length, 100_000);
    });

    it('a function may return a static string', () => {
      assert.equal(pkg.constant(), 'konstant');
      assert.equal(pkg.constant_or(false), 'borrowed');
      assert.equal(pkg.constant_or(true), 'ownedowned');
    });

    it('the strings of a call stay in place while a callback passes others', () => {
      for (const [a, b] of [['short', 'kurz'], ['long'.repeat(3000), 'b'], ['a', 'lang'.repeat(3000)]]) {
        const inner = () => {
          assert.equal(pkg.join('other', 'x'.repeat(7000), 'text'), `other|${'x'.repeat(7000)}|text`);
          return pkg.strings_around('1', () => pkg.echo_str('deep'), '2');
        };
        assert.equal(pkg.strings_around(a, inner, b), `${a}|1|deep|2|${b}`);
      }
    });

    it('an exception through Rust leaks no memory', () => {
      const bytes = lend.createMutableBuffer(new Uint8Array(4));
      const boom = new Error('boom');
      globalThis.testCallback = () => {
        pkg.join('from', 'within', 'z'.repeat(6000));
        throw boom;
      };
      const grown = () => {
        for (let i = 0; i < 2000; i++) {
          assert.equal(thrown(() => pkg.strings_thrown_through('s', '', bytes)), boom);
          assert.equal(thrown(() => pkg.strings_thrown_through('l'.repeat(40_000), '', bytes)), boom);
        }
        return lend.stats().memoryBytes;
      };
      const before = grown();
      assert.equal(grown(), before);
      assert.equal(pkg.echo_str('still'), 'still');
      bytes.free();
      delete globalThis.testCallback;
    });

    it('many calls use the same memory', () => {
      const texts = ['a', 'b'.repeat(200), 'c'.repeat(30_000), '漢'.repeat(30_000)];
      const round = (times) => {
        for (let i = 0; i < times; i++) for (const text of texts) for (const echo of ECHOES) pkg[echo](text);
        return lend.stats().memoryBytes;
      };
      const before = round(20);
      assert.equal(round(500), before);
    });

    it('values that are not strings are refused and not converted', () => {
      const values = [[5, '5'], [undefined, 'undefined'], [new String('x'), 'an object of class String'], [{ toString: () => 'x' }, 'a plain object']];
      for (const [value, shown] of values) {
        const error = thrown(() => pkg.join('a', value, 'c'));
        assert.equal(error.code, 'ERR_LEND_TYPE');
        assert.equal(error.message, `join(): argument \`b: String\` takes a string; got ${shown}`);
      }
      const error = thrown(() => pkg.maybe_strings(5));
      assert.equal(error.message, 'maybe_strings(): argument `a: Option<&str>` takes a string, or undefined; got 5');
    });
  });
}
