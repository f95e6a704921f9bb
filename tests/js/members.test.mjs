// Names and members of classes, and the options `start`, `variadic` and `skip_jsdoc`.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { directory, load, refused, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS.filter((target) => existsSync(directory('e2e', target)))) {
  const pkg = await load(target);
  const { Page, Failing, lend } = pkg;

  describe(`names and members of classes, ${target}`, () => {
    it('are found by a block whose struct has another name', () => {
      assert.equal(pkg.Sheet, undefined);
      const page = new Page('text');
      assert.equal(Page.name, 'Page');
      assert.equal(Object.prototype.toString.call(page), '[object Page]');
      assert.equal(page.shared(), 4);
      assert.equal(pkg.page_length(page), 4);
      refused(() => pkg.page_length({}), 'ERR_LEND_TYPE', 'page_length(): argument `page: &Sheet` takes an instance of Page; got a plain object');
      refused(() => Page.prototype.shared.call(1), 'ERR_LEND_TYPE', 'Page.shared(): argument `this: &Sheet` takes an instance of Page; got 1');
      const pages = pkg.pages(['a', 'bc']);
      assert.deepEqual(pages.map((each) => each.fullText), ['a', 'bc']);
      pages.forEach((each) => each.free());
      assert.deepEqual(lend.callRustSync('Page.shared', [page]), [4]);
      page.free();
    });

    it('have fields with other names', () => {
      const page = new Page('text');
      page.fullText = 'other';
      assert.deepEqual([page.fullText, page.text], ['other', undefined]);
      page.isFree = false;
      assert.equal(page.isFree, false);
      page.delete = 'now';
      assert.equal(page.delete, 'now');
      assert.equal(typeof page.free, 'function');
      assert.deepEqual(JSON.parse(JSON.stringify(page)), { fullText: 'other', level: 1, isFree: false, delete: 'now', undeclared: 7, plain: 0 });
      refused(() => (page.fullText = 1), 'ERR_LEND_TYPE', 'set Page.fullText(): argument `fullText: String` takes a string; got 1');
      page.free();
    });

    it('have accessors of any receiver', async () => {
      const page = new Page('text');
      assert.deepEqual([page.readCount, page.readCount], [1, 2]);
      page.readCount = 10;
      assert.equal(page.readCount, 11);
      assert.equal(await page.later, 'text');
      assert.equal(page.checked, 4);
      page.checked = 2;
      assert.equal(page.fullText, 'te');
      assert.equal(thrown(() => (page.checked = 9)).message, 'too long');
      page.fullText = 'wrong';
      assert.equal(thrown(() => page.checked).message, 'no length');
      page.free();
    });

    it('have static accessors', () => {
      Page.theme = 'dark';
      assert.equal(Page.theme, 'dark');
      assert.equal(Page.version, 3);
      assert.equal(Page.prototype.hasOwnProperty('theme'), false);
      assert.equal(Object.getOwnPropertyDescriptor(Page, 'version').set, undefined);
      refused(() => (Page.theme = 1), 'ERR_LEND_TYPE', 'set Page.theme(): argument `theme: String` takes a string; got 1');
    });

    it('have receivers with a type', () => {
      const page = new Page('text');
      assert.equal(page.changed(' more'), 9);
      const copy = page.copy();
      assert.equal(page.ended(), 'text more');
      refused(() => page.shared(), 'ERR_LEND_MOVED', 'Page.shared(): argument `this: &Sheet`: the Page was moved into Rust');
      assert.equal(copy.ended_after('!'), 'text more!');
    });

    it('throw what a constructor returns instead of an instance', () => {
      const error = thrown(() => new Page(''));
      assert.ok(error instanceof Error && !(error instanceof pkg.LendError));
      assert.equal(error.message, 'new Page() has made no instance');
      assert.equal(thrown(() => new Failing(0)).message, 'new Failing() has made no instance');
      assert.equal(thrown(() => new Failing(-1)).message, 'negative');
      const fallible = new Failing(5);
      assert.equal(fallible[0], 5);
      const page = new Page('x');
      page.fullText = '';
      assert.equal(page.copy(), undefined, 'a method may still return nothing');
      fallible.free();
      page.free();
    });

    it('are refused as two arguments of one call', () => {
      const page = new Page('text');
      const reason = 'the Page is another argument of this call too, and one of the two needs it for itself';
      const aliased = (/** @type {string} */ name, /** @type {string} */ argument) =>
        refused(() => pkg[name](page, page), 'ERR_LEND_ALIASED', `${name}(): argument \`${argument}\`: ${reason}`);
      aliased('both_pages', 'other: Sheet');
      aliased('page_and_read', 'one: Sheet');
      aliased('read_and_page', 'other: Option<Sheet>');
      aliased('write_both', 'other: &mut Sheet');
      assert.equal(pkg.both_pages(page, new Page('other')), 9);
    });

    it('take arguments that nobody reads', () => {
      const page = new Page('text');
      assert.equal(page.ignoring(1, 'a', 9), 9);
      refused(() => page.ignoring('1', 'a', 9), 'ERR_LEND_TYPE', 'Page.ignoring(): argument `_: u32` takes a whole number from 0 to 4294967295; got the string "1"');
      refused(() => page.ignoring(1, 2, 9), 'ERR_LEND_TYPE', 'Page.ignoring(): argument `_2: &str` takes a string; got 2');
      assert.ok(pkg.ignoring_all(1, new Uint8Array(2)) > 0);
      page.free();
    });
  });

  describe(`options of functions, ${target}`, () => {
    it('run a function at the start', () => {
      assert.equal(pkg.starts(), 1);
      assert.equal(pkg.count_start, undefined);
    });

    it('give the last argument all the rest', () => {
      assert.equal(pkg.total_of(1), 1);
      assert.equal(pkg.total_of(1, 2, 3.5), 6.5);
      assert.equal(pkg.total_bytes(), 0);
      assert.equal(pkg.total_bytes(1, 2, 255), 258);
      assert.equal(pkg.total_wide(), 1n);
      assert.equal(pkg.total_wide(1n, 2n ** 40n), 2n ** 40n + 1n);
      assert.equal(pkg.pairs(['a', 1], ['b', 2]), 'a1b2');
      assert.equal(pkg.first_of(), undefined);
      assert.equal(pkg.first_of('a', 'b'), 'a');
      const page = new Page('x');
      assert.equal(page.joined('-', 'y', 'z'), 'x-y-z');
      assert.equal(page.joined('-'), 'x');
      assert.deepEqual(lend.callRustSync('total_of', [1, [2, 3]]), [6]);
      page.free();
    });

    it('refuse a wrong element of the rest', () => {
      refused(() => pkg.total_of(1, 2, 'a'), 'ERR_LEND_TYPE', 'total_of(): argument `rest: &[f64]` takes a number for each element; got the string "a" at [1]');
      refused(() => pkg.total_bytes(1, 256), 'ERR_LEND_RANGE', 'total_bytes(): argument `bytes: Vec<u8>` takes a whole number from 0 to 255 for each element; got 256 at [1]');
      refused(() => pkg.total_wide(1n, 2), 'ERR_LEND_TYPE', 'total_wide(): argument `rest: &[u64]` takes a BigInt from 0n to 18446744073709551615n for each element; got 2 at [0]');
      refused(() => pkg.pairs(['a', 'b']), 'ERR_LEND_TYPE', 'pairs(): argument `pairs: Vec<(String, u32)>` [0][1] takes a whole number from 0 to 4294967295; got the string "b"');
    });
  });

  it(`are in the declarations, ${target}`, async () => {
    const text = await readFile(join(directory('e2e', target), 'e2e.d.ts'), 'utf8');
    const has = (/** @type {string} */ part) => assert.ok(text.includes(part), `the .d.ts has no\n${part}`);
    has('export const Page: PageConstructor;');
    has('new (text: string): Page;');
    has('get theme(): string;');
    has('set theme(theme: string);');
    has('get later(): Promise<string>;');
    has('get level(): 1 | 2 | 3;');
    has("get delete(): 'now' | 'later';");
    has("set delete(remove: 'now' | 'later');");
    has('set fullText(fullText: string);');
    has('copy(): Page | undefined;');
    has('joined(separator: string, ...more: Array<string>): string;');
    has('ignoring(_: number, _2: string, last: number): number;');
    has('export function page_length(page: Page): number;');
    has('export function pages(texts: Array<string>): Array<Page>;');
    has('export function total_of(first: number, ...rest: Array<number>): number;');
    has('export function total_wide(first?: bigint | null, ...rest: Array<bigint>): bigint;');
    has('export function pairs(...pairs: Array<[string, number]>): string;');
    has("export function first_of(...letters: Array<'a' | 'b'>): string | undefined;");
    for (const part of ['Sheet', 'undeclared():', 'Without this comment', 'Not in the declaration', 'function count_start']) {
      assert.ok(!text.includes(part), part);
    }
  });
}
