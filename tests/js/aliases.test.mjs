// Types by names that the macro does not know: other names of `Result`, and a class with the name of a container of wasm-lend.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { directory, load, refused, TARGETS, thrown } from './packages.mjs';

/** What a call throws, which may be any value. @param {() => unknown} call */
function valueOf(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail('nothing was thrown');
}

for (const target of TARGETS.filter((target) => existsSync(directory('e2e', target)))) {
  const pkg = await load(target);

  describe(`types by other names, ${target}`, () => {
    it('are results that throw their errors', async () => {
      assert.equal(pkg.answer(3), 3);
      assert.equal(valueOf(() => pkg.answer(-3)), 'negative');
      assert.deepEqual(pkg.answers(2), ['0', '1']);
      assert.equal(valueOf(() => pkg.answers(10)), null);
      assert.equal(pkg.answer_nothing(false), undefined);
      assert.equal(valueOf(() => pkg.answer_nothing(true)), 1);
      assert.equal(pkg.answer_count(false), 3);
      assert.equal(thrown(() => pkg.answer_count(true)).message, 'no count');
      assert.equal(await pkg.answer_later(false), 0.5);
      await assert.rejects(pkg.answer_later(true), (error) => error === 'late');
      assert.equal(pkg.answer_plain(false), 1);
      assert.equal(thrown(() => pkg.answer_plain(true)).message, 'plain');
      assert.equal(pkg.answer_read(false), 7);
      assert.equal(thrown(() => pkg.answer_read(true)).message, 'unreadable');
      assert.equal(pkg.answer_format(false), undefined);
      assert.ok(thrown(() => pkg.answer_format(true)) instanceof Error);
    });

    it('are a class that is called Buffer', () => {
      const buffer = new pkg.Buffer(3);
      const other = buffer.answer();
      assert.ok(other instanceof pkg.Buffer);
      assert.equal(pkg.length_of_both(buffer, other), 6);
      refused(() => other.length, 'ERR_LEND_MOVED', 'get Buffer.length(): argument `this: &Buffer`: the Buffer was moved into Rust');
      const smaller = pkg.shrink(buffer);
      assert.equal(smaller.length, 2);
      buffer.length = 0;
      assert.equal(valueOf(() => buffer.answer()), 'empty');
      buffer.free();
      smaller.free();
    });
  });

  it(`are in the declarations, ${target}`, async () => {
    const text = await readFile(join(directory('e2e', target), 'e2e.d.ts'), 'utf8');
    const has = (/** @type {string} */ part) => assert.ok(text.includes(part), `the .d.ts has no\n${part}`);
    has('export function answer(number: number): number;');
    has('export function answers(count: number): Array<string>;');
    has('export function answer_count(fails: boolean): number;');
    has('export function answer_later(fails: boolean): Promise<number | undefined>;');
    has('answer(): Buffer;');
    has('export function length_of_both(one: Buffer, other: Buffer): number;');
    has('export function shrink(buffer: Buffer): Buffer | undefined;');
  });
}
