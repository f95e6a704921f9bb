// `Duration`: a number of milliseconds, both ways.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { directory, load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const { same_duration, maybe_duration, nanoseconds, waited, lend } = await load(target);

  describe(`durations, ${target}`, () => {
    it('passes milliseconds in both directions', () => {
      for (const milliseconds of [0, 1, 250, 0.25, 1e-6, 1234.5, Number.MAX_SAFE_INTEGER]) {
        assert.equal(same_duration(milliseconds), milliseconds);
        assert.equal(maybe_duration(milliseconds), milliseconds);
      }
    });

    it('shares one file of the package among the functions of one exports!', () => {
      const snippets = join(directory('e2e', target), 'snippets');
      const [folder] = readdirSync(snippets).filter((name) => name.startsWith('e2e-'));
      const texts = readdirSync(join(snippets, folder)).map((name) => readFileSync(join(snippets, folder, name), 'utf8'));
      const files = texts.filter((text) => text.includes('function same_duration('));
      assert.equal(files.length, 1);
      for (const name of ['maybe_duration', 'nanoseconds', 'waited']) assert.ok(files[0].includes(`function ${name}(`));
    });

    it('rounds to nanoseconds', () => {
      assert.equal(nanoseconds(1.5), 1_500_000n);
      assert.equal(nanoseconds(0.1), 100_000n);
      assert.equal(nanoseconds(1e-7), 0n);
      assert.equal(nanoseconds(Number.MAX_SAFE_INTEGER), BigInt(Number.MAX_SAFE_INTEGER) * 1_000_000n);
    });

    it('passes an absent duration as None', () => {
      assert.equal(maybe_duration(undefined), undefined);
      assert.equal(maybe_duration(null), undefined);
    });

    it('takes the default for an absent duration', () => {
      assert.equal(waited(), 250);
      assert.equal(waited(10), 10);
      assert.throws(() => waited(0), { message: 'no time to wait' });
    });

    it('refuses numbers that are no duration, and all other values', () => {
      const takes = 'takes a number of milliseconds, from 0 to below 2 ** 64';
      for (const [value, got] of [[-1, '-1'], [-1e-9, '-1e-9'], [NaN, 'NaN'], [Infinity, 'Infinity'], [2 ** 64, '18446744073709552000']]) {
        const error = thrown(() => same_duration(value));
        assert.equal(error.code, 'ERR_LEND_RANGE');
        assert.equal(error.message, `same_duration(): argument \`duration: Duration\` ${takes}; got ${got}`);
      }
      const error = thrown(() => maybe_duration('1s'));
      assert.equal(error.code, 'ERR_LEND_TYPE');
      assert.equal(error.message, `maybe_duration(): argument \`duration: Option<Duration>\` ${takes}, or undefined; got the string "1s"`);
      assert.equal(thrown(() => same_duration(1n)).code, 'ERR_LEND_TYPE');
      assert.equal(thrown(() => same_duration(undefined)).code, 'ERR_LEND_TYPE');
    });

    it('is called by name', async () => {
      assert.deepEqual(await lend.callRust('same_duration', [5]), [5]);
    });
  });
}
