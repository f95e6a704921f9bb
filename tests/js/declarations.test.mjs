// The text of the declarations: JSDoc, optional arguments, names, and the types that only the compiler knows.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';

import { directory } from './packages.mjs';

const text = await readFile(join(directory('e2e', 'web'), 'e2e.d.ts'), 'utf8');
const has = (part) => assert.ok(text.includes(part), `the .d.ts has no\n${part}`);

it('turns the sections of a doc comment into tags', () => {
  has(`/**
 * Reads a number of lines.
 *
 * @param text - the number, in decimal digits
 * @throws {Error} When the text is not a number.
 */
export function parse_lines(text: string): number;
`);
  has(`/**
 * Under another name.
 *
 * @returns Twice the number.
 * @throws {LendError} Never.
 */
export function twiceAsMuch(theNumber: number): number;
`);
});

it('marks optional arguments', () => {
  const floats = 'ReadOnlyBuffer<Float32Array> | MutableBuffer<Float32Array> | LendInput<Float32Array>';
  has(`export function defaults(base: number, factor?: number | null, unit?: string | null, weights?: ${floats} | null, names?: Array<string> | null, limit?: number | null): string;`);
  has('export function many(a: bigint, b: bigint | null | undefined, c: number | null | undefined, d: bigint): string;');
  has('export function opposite_maybe(direction?: Direction | null): Direction | undefined;');
});

it('uses the names and types in the attributes', () => {
  has(`export const geometry: {
    /**
     * The area of a rectangle.
     */
    area(width: number, height: number): number;
    /**
     * A name that no export could have.
     */
    delete(points: MutableBuffer<Float32Array> | Float32Array): void;
};`);
  has("export function one_or_two(which: 'a' | 'b'): 1 | 2;");
  has('export function larger(settings: { name: string, sizes: number[] }): { name: string, sizes: number[] };');
  assert.ok(!text.includes('function undeclared'));
});

it('declares enums as an object and a union', () => {
  has(`export interface VerbosityEnum {
    readonly quiet: 'quiet';
    /**
     * The variant's string has quotes in it.
     */
    readonly allOfIt: 'it\\'s "all"';
    readonly errors: 'error';
}
/**
 * How much is written.
 */
export const Verbosity: VerbosityEnum;
/**
 * How much is written.
 */
export type Verbosity = 'quiet' | 'it\\'s "all"' | 'error';
`);
  has(`    isQuieterThan(self: Verbosity, other: Verbosity): boolean;
`);
  has("    'new'(): Pace;\n");
  has('export type Level = -2147483648 | -1 | 0 | 10 | 11 | 1048576 | 2147483647;');
  has('export function ask_pace(pace: Pace, ask: (a: Pace, b: Verbosity) => Verbosity): Verbosity;');
});

it('declares plain data once, by its name', () => {
  has(`/**
 * A size in pixels.
 */
export interface Extent {
    /**
     * From left to right.
     */
    width: number;
    height: number;
}
`);
  has(`export interface Samples {
    left: ReadOnlyBuffer<Float32Array> | LendInput<Float32Array>;
    right: ReadOnlyBuffer<Float32Array> | MutableBuffer<Float32Array> | LendInput<Float32Array>;
    gain?: number | null | undefined;
}
`);
  has("| { type: 'fullCircle'; /** In pixels. */ radius: number; lineWidth?: number | undefined }");
  has('export type Spot = [number, number | undefined];');
  has('export function same_query(query: SearchQuery): SearchQuery;');
  for (const name of ['interface Extent', 'interface Settings', 'type Spot', 'type Figure', 'interface Samples', 'interface Levels']) {
    assert.equal(text.split(`export ${name} `).length, 2, name);
  }
});

it('declares user types and aliases as the types that they stand for', () => {
  has('export function measure(lengths: Array<number>, label: string): [number, string];');
  has('export function red(color: `#${string}`): number;');
  has('export function reds(colors: Array<`#${string}`>): LendPlain<Uint8Array>;');
  has('export function aliased(samples: ReadOnlyBuffer<Float32Array> | MutableBuffer<Float32Array> | LendInput<Float32Array>, names: Array<string>, id: number): [number, Array<string>, number];');
  has('export function count_on(counter: Counter, by: number): Counter;');
});

it('declares records', () => {
  has(`/**
 * A point that moves.
 */
export interface Particle {
    /**
     * In meters.
     */
    x: number;
    y: number;
    velocity: Float32Array;
    id: bigint;
    kind: number;
    flags: Uint8Array;
}
export const Particle: RecordType<Particle>;`);
  has('export function move_all(particles: MutableBuffer<RecordArray<Particle>>, seconds: number): void;');
  has('export function ids(particles: ReadOnlyBuffer<RecordArray<Particle>> | MutableBuffer<RecordArray<Particle>> | Array<Particle>): LendPlain<BigUint64Array>;');
});

it('declares the types of promises', () => {
  has('export function doubled_later(values: MutableBuffer<Float32Array> | LendInput<Float32Array>, name: string): Promise<[MutableBuffer<Float32Array>, string]>;');
  has('export function later_unit(): Promise<void>;');
});

it('uses the names that browsers have for web-sys classes', () => {
  has("export function host_of(url: LendGlobal<'URL'>): string;");
  has("export function longest(urls: Array<LendGlobal<'URL'>>, otherwise?: LendGlobal<'URL'> | null): LendGlobal<'URL'> | undefined;");
});

it('accepts a plain array only for an array of one axis', () => {
  const lent = 'ReadOnlyBuffer<Float32Array> | MutableBuffer<Float32Array>';
  has(`export function transpose(matrix: ${lent}): MutableBuffer<Float32Array>;`);
  has('export function set_diagonal(matrix: MutableBuffer<Float32Array>, value: number): void;');
  has(`export function outer(one: ${lent} | LendInput<Float32Array>, other: ${lent} | LendInput<Float32Array>): MutableBuffer<Float32Array>;`);
  has(`export function corner(matrix?: ${lent} | null): number | undefined;`);
  has('export function scale_halves(values: MutableBuffer<LendFloat16Array> | LendFloat16Array, gain: number): void;');
});

it('puts the functions of the package before the types of the library', () => {
  const start = text.indexOf('type LendGlobal<');
  const end = text.indexOf('\n};\n', text.indexOf('export const lend: {'));
  assert.ok(start > 0 && end > start);
  for (const declaration of ['export function sum(', 'export const geometry: {', 'export interface Particle {', 'export interface SeriesConstructor {']) {
    const at = text.indexOf(declaration);
    assert.ok(at > 0 && at < start, `${declaration} is not before the types of the library`);
  }
  const names = [...text.slice(start, end).matchAll(/^export (?:class|const|type|interface|function) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(names.filter((name) => !/^(Lend.*|Record(Array|Column|Type)|ReadOnlyBuffer|MutableBuffer|AnyBuffer|lend)$/.test(name)), []);
});
