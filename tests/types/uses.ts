// Lines that must compile, and lines that must not. `tests/js/types.test.mjs` checks them with tsc.

import {
  aliased, Counter, count_on, defaults, doubled_later, Direction, geometry, ids, keep_f32, later_text, lend, LendError, many, move_all,
  MutableBuffer, ones, ones_copied, one_or_two, opposite, own, Particle, plain_particles, promise_of, ReadOnlyBuffer, red, RecordArray,
  reversed, same_bool, same_char, same_u32, same_u64, scale, split, strings_of, sum, take_u64, turned, unless_empty, year_of_maybe,
  call_number, call_rows, call_wide, closure_multiply, iter_squares, iter_words, Marker, Series, series_length, series_many, series_maybe,
  stream_ticks, wait_abortable, Page, total_of, total_wide,
} from 'e2e';

const bytes: ReadOnlyBuffer<Uint8Array> = lend.createReadOnlyBuffer(new Uint8Array([1, 2]));
const floats: MutableBuffer<Float32Array> = lend.alloc(Float32Array, 16);
const total: number = sum(bytes) + sum(new Uint8Array(3)) + sum(lend.alloc(Uint8Array, 1));
scale(floats, 2);
const frozen: ReadOnlyBuffer<Float32Array> = keep_f32(floats.freeze());
const fresh: ReadOnlyBuffer<Uint8Array> = ones(3);
const copied: Uint8Array = ones_copied(3);
const bigs: MutableBuffer<BigUint64Array> = take_u64(new BigUint64Array(1));
const view: Float32Array = frozen.view;
const own_copy: Float32Array = frozen.copy();
const blob: Blob = floats.toBlob({ type: 'model/obj' });
const pixels: ImageData = bytes.toImageData(own_copy.length + blob.size);
lend.alloc(Uint8ClampedArray, 4).toImageData(pixels.height);
// @ts-expect-error: a pixel is four bytes
floats.toImageData(1);
// @ts-expect-error: a Blob has no such option
bytes.toBlob({ kind: 'text/plain' });
const truth: boolean = same_bool(true);
const { handles, copiedBytes }: { handles: number; copiedBytes: number } = lend.stats();
bytes.free();
fresh[Symbol.dispose]();
try {
  same_u32(total + view.length + copied.length + handles + copiedBytes + bigs.length + Number(truth));
} catch (error) {
  if (error instanceof LendError && error.code === 'ERR_LEND_RANGE') console.log(error.message);
}

// @ts-expect-error: another element type
sum(floats);
// @ts-expect-error: a plain array of another element type
sum(new Float32Array(1));
sum([1, 2]);
sum(new Uint8ClampedArray(4));
sum(new DataView(new ArrayBuffer(4)));
// @ts-expect-error: BigInts are no bytes
sum([1n]);
// @ts-expect-error: not a buffer
sum({ length: 2 });
// @ts-expect-error: read-only
scale(frozen, 1);
// @ts-expect-error: a mutable buffer has to be frozen first
keep_f32(floats);
// @ts-expect-error: a read-only buffer cannot be moved
own(bytes);
// @ts-expect-error: not a number
same_u32('5');
// @ts-expect-error: read-only buffers have no freeze()
frozen.freeze();
// @ts-expect-error: only `lend` makes buffers
new ReadOnlyBuffer();
// @ts-expect-error: an object with the properties of a buffer is none
const forged: ReadOnlyBuffer<Uint8Array> = { view: new Uint8Array(1), length: 1, byteLength: 1, freed: false, moved: false, free() {} };
// @ts-expect-error: no such code
if (new Error() instanceof LendError && ({} as LendError).code === 'ERR_LEND_NONE') console.log(forged);

// All other types.
const text: string | undefined = unless_empty('x');
const big: bigint = same_u64(5n);
const turnedPair: [boolean | undefined, string, number] = turned([1, 'x', null]);
const names: string[] = reversed(['a']);
const later: Promise<string> = later_text(5n, null);
const halves: [ReadOnlyBuffer<Float32Array>, MutableBuffer<Float32Array>] = split([new Float32Array(1), 1]);
const doubled: Promise<[MutableBuffer<Float32Array>, string]> = doubled_later(new Float32Array(1), 'x');
const strings: string[] = strings_of(['a']);
const eventually: Promise<number> = promise_of(Promise.resolve(5));
const counter: Counter = count_on(new Counter(1), 2);
const direction: Direction = opposite(Direction.Up);
const either: 1 | 2 = one_or_two('a');
const area: number = geometry.area(1, 2);
const year: number | undefined = year_of_maybe() ?? year_of_maybe(new Date());
defaults(1);
defaults(1, null, 'm', new Float32Array(1), ['n'], 3);
many(1n, undefined, null, 2n);
red('#ff0000');
aliased(new Float32Array(1), [], 1);

const particles: MutableBuffer<RecordArray<Particle>> = lend.alloc(Particle, 3);
const particle: Particle | undefined = particles.at(0);
const particlesCopy: RecordArray<Particle> = particles.copy();
export const particleBytes: Uint8Array = particlesCopy.bytes;
// @ts-expect-error: records are no pixels
particles.toImageData(1);

const mass: number | undefined = particles.column('x').get(0);
const bigs2: BigUint64Array | BigInt64Array = particles.column('id').array;
const plain: Particle[] = particles.toArray();
move_all(particles, 1);
ids(plain);
const objects: Particle[] = plain_particles(particles);
const frozenParticles: ReadOnlyBuffer<RecordArray<Particle>> = lend.createReadOnlyBuffer(Particle, objects);
lend.callRust('sum', [bytes]).then(([sum]) => console.log(sum));
console.log(text, big, turnedPair, names, later, halves, doubled, strings, eventually, counter, direction, either, area, year, particle,
  mass, bigs2, frozenParticles, lend.callRustSync('nothing'));

// @ts-expect-error: a number is no BigInt
same_u64(5);
// @ts-expect-error: not a string
same_char(5);
// @ts-expect-error: too short
turned([1, 'x']);
// @ts-expect-error: not of strings
reversed([1]);
// @ts-expect-error: the first argument is required
defaults();
// @ts-expect-error: not a color
red('ff0000');
// @ts-expect-error: neither 'a' nor 'b'
one_or_two('c');
// @ts-expect-error: no such member
geometry.volume(1);
// @ts-expect-error: plain objects cannot be written to
move_all(plain, 1);
// @ts-expect-error: no such field
particles.column('z');
// @ts-expect-error: numbers have no columns
floats.column('x');
// @ts-expect-error: an object with other properties
plain_particles([{ x: 1 }]);
// @ts-expect-error: a promise of numbers
promise_of(Promise.resolve('x'));
// @ts-expect-error: a list of strings
strings_of([1]);
// @ts-expect-error: may be undefined
const certain: string = unless_empty('x');
console.log(certain);

const part: ReadOnlyBuffer<Uint8Array> = bytes.subarray(1).keep().onRelease(() => {});
const seen: MutableBuffer<Uint8Array> = lend.alloc(Float32Array, 1).as(Uint8Array);
const shaped: MutableBuffer<Float32Array> = lend.alloc(Float32Array, 6).reshape([2, 3]);
const [rows]: number[] = shaped.shape;
const scoped: MutableBuffer<Uint8Array> = lend.scope((scope) => scope.add(scope.run(() => seen)));
const freedAtItsEnd: Promise<number> = lend.scope(async () => part.holders + rows + scoped.length);
lend.onLeak(({ kind, stack }) => console.log(kind, stack?.length, freedAtItsEnd));
lend.onLeak(null);
lend.setLimit(lend.leaks().length + lend.stats().borrows);
// @ts-expect-error: read-only stays read-only.
const writable: MutableBuffer<Uint8Array> = part.subarray(0);
// @ts-expect-error: another element type.
const floating: ReadOnlyBuffer<Float32Array> = part.as(Uint8Array);
// @ts-expect-error: a listener, or null.
lend.onLeak(5);

const series: Series = new Series('name', new Float32Array(3));
const zeros: Series | undefined = Series.maybe(true);
const inside: ReadOnlyBuffer<Float32Array> = series.samples();
const [at, sum1, name1, promise1]: [number | undefined, number, string, Promise<number>] = [series.at(0), series.sum(), series.name, series.later(Promise.resolve())];
series.name = name1;
series.gain = series.push(1) + series.push(1, 2) + series_length(series) + series_maybe(zeros, null) + series_many(2).length;
series.each((sample: number) => console.log(sample, at, sum1, promise1));
series[Symbol.dispose]();
const row: number = call_rows((row: ReadOnlyBuffer<Float32Array>, index: number) => row.length + index, 2);
const wide: bigint | undefined = call_wide((a: bigint, b: bigint) => (a > b ? a : undefined));
const closure = closure_multiply(2);
closure.free();
const squares: number[] = [...iter_squares(3)];
const words: Array<[number, string]> = [...iter_words('a b')];
const plugin = await lend.loadPlugin<{ blur(values: MutableBuffer<Float32Array>): void }>(new URL('blur.wasm', import.meta.url), { name: 'blur' });
plugin.blur(lend.alloc(Float32Array, 4));
plugin.unload();
const dataOf: number | undefined = lend.stats().modules?.[1].data?.offset;
console.log(dataOf);
const stop: () => void = lend.watch(series, () => console.log(row, wide, squares, words, lend.stats().objects));
stop();
(async () => {
  for await (const tick of stream_ticks(3, () => Promise.resolve())) console.log(tick.toFixed());
  const given: MutableBuffer<Uint8Array> = await wait_abortable(new Uint8Array(1), Promise.resolve(), new AbortController().signal);
  console.log(given, await wait_abortable(new Uint8Array(1), Promise.resolve()), new Marker(3).at);
})();
// @ts-expect-error: a class of another name
series_length(new Marker(1));
// @ts-expect-error: there is no setter
series.length = 5;
// @ts-expect-error: a method of instances
Series.push(1);
// @ts-expect-error: a number comes back
call_number((x: number) => String(x), 1);
// @ts-expect-error: a number is passed
call_number((x: string) => 1, 1);
const page: Page = new Page('text');
const level: 1 | 2 | 3 = page.level;
const laterText: Promise<string> = page.later;
const version: number = Page.version;
Page.theme = 'dark';
page.delete = 'now';
console.log(level, laterText, version, Page.theme, page.joined('-', 'a', 'b'), total_of(1, 2, 3), total_wide(), total_wide(1n, 2n));
// @ts-expect-error: another text than the declared ones
page.delete = 'never';
// @ts-expect-error: there is no setter
Page.version = 4;
// @ts-expect-error: the rest are numbers
total_of(1, '2');
