// JavaScript has every function under its name, whatever names Rust allows, and exactly the functions that `#[cfg]` leaves.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';

import { directory, load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);

  it(`calls functions with the names of JavaScript globals (${target})`, () => {
    assert.equal(pkg.Proxy({}), true);
    assert.equal(pkg.TextDecoder('äö'), 4);
    assert.equal(pkg.match(1), 2);
    // The package itself still uses the real globals.
    assert.equal(pkg.other_pace('fast'), 'slow');
    assert.equal(thrown(() => pkg.reversed('ab')).code, 'ERR_LEND_TYPE');
    // JavaScript has no class of that name, so any value may be one.
    assert.deepEqual([pkg.is_letter(1n), pkg.is_letter('a')], [false, true]);
  });

  it(`calls functions whose names and parameters are those of a shim's own variables (${target})`, () => {
    const { parameters, none, of0, bind, tags } = pkg.colliding;
    const [one, other] = [new pkg.Named(4), new pkg.Named(5)];
    const written = new Uint8Array(1);
    const call = (first) => parameters(new Uint8Array([first]), new Uint8Array([2]), written, new Uint8Array([3]), one, other);
    assert.deepEqual([...call(1)], [1, 2, 2, 3, 4, 5]);
    assert.deepEqual([...written], [2]);
    const error = thrown(() => call(0));
    assert.equal(error.message, 'moved');
    assert.deepEqual([none(one), of0(other), bind(one), tags({}, {})], [4, 5, 4, 2]);
    assert.equal(one.with(1, other), 10);
    assert.equal(pkg.lend.stats().borrows, 0);
    one.free();
    other.free();
  });

  it(`calls functions and members whose names are not ASCII (${target})`, () => {
    const bytes = new Uint8Array(3);
    assert.deepEqual([pkg.naïve(1), pkg.größe(bytes), pkg.maß.höhe(bytes)], [2, 3, 3]);
    const area = new pkg.Fläche(4);
    assert.deepEqual([area.höhe, area.größe(), area.type], [4, 8, 1]);
    area.width = 5;
    assert.equal(area.größe(), 20);
    assert.equal(pkg.größe.name, 'größe');
    const error = thrown(() => pkg.größe('x'));
    assert.match(error.message, /^größe\(\): argument `länge: &\[u8\]` takes .*; got the string "x"$/);
    area.free();
  });

  it(`has nothing that is configured out, and one of two functions with opposite conditions (${target})`, () => {
    assert.deepEqual(Object.keys(pkg.maß), ['höhe', 'twin']);
    assert.equal(pkg.maß.twin(1), 1001);
    const members = Object.getOwnPropertyNames(pkg.Fläche.prototype);
    assert.deepEqual(['höhe', 'type', 'width', 'off', 'switched_off'].map((name) => members.includes(name)), [true, true, true, false, false]);
    assert.throws(() => Object.assign(new pkg.Fläche(1), { type: 3 }), TypeError);
  });

  it(`names the public fields of a tuple struct 0 and 1 (${target})`, () => {
    const pair = pkg.pair(3);
    assert.deepEqual([pair[0], pair[1]], [3, undefined]);
    pair[0] = 7;
    pair[1] = 0.5;
    assert.deepEqual([pair[0], pair[1]], [7, 0.5]);
    pair.free();
  });
}

it('the declarations and the exports are the same', async () => {
  const text = await readFile(join(directory('e2e', 'web'), 'e2e.d.ts'), 'utf8');
  assert.match(text, /twin\(x: number\): number;/);
  assert.doesNotMatch(text, /\boff\b|switched_off/);
  assert.match(text, /other_pace\(pace: string\): string;/);
  assert.match(text, /is_letter\(letter: LendGlobal<'Letter'>\): boolean;/);
  assert.match(text, /is_canvas\(canvas\?: LendGlobal<'HTMLCanvasElement'> \| null\): boolean;/);
  assert.match(text, /set 1\(_1: number \| null \| undefined\);/);
});
