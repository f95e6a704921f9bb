// The tutorial "Sharing data", and then several calls over one buffer with a file of 3 MB, in Node.
// `cargo xtask demo` builds and runs this example.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { digest, picture } from './input.mjs';

const packages = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages', import.meta.url));
const require = createRequire(import.meta.url);
const pkg = require(join(packages, 'sharing-data/nodejs/sharing_data.js'));
const { lend } = pkg;

console.log('The tutorial: ten numbers, two calls, one buffer');
const values = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
console.log(`  sum ${pkg.sum(values)}, product ${pkg.product(values)} (10! = 3628800 wraps around at 256 to 0)`);
values.free();

const file = join(packages, 'sharing-data/picture.pgm');
if (!existsSync(file)) writeFileSync(file, picture());
const bytes = readFileSync(file);
console.log(`\nA file: ${bytes.length} bytes, sha256 ${digest(bytes)}…`);
const image = lend.createReadOnlyBuffer(bytes);
const copied = lend.stats().copiedBytes;

const calls = [
  ['sum', () => pkg.sum(image)],
  ['product', () => pkg.product(image)],
  ['histogram', () => mostFrequent(pkg.histogram(image))],
  ['middle', () => pkg.middle(image)],
];
for (const [name, call] of calls) {
  console.log(`  ${name.padEnd(10)} at address ${pkg.address_of(image)}  →  ${call()}`);
}
console.log(`  bytes copied by these calls: ${lend.stats().copiedBytes - copied}`);

function mostFrequent(histogram) {
  const counts = histogram.view;
  const most = counts.indexOf(Math.max(...counts));
  const text = `${counts.reduce((sum, count) => sum + count)} bytes, most often ${most}: ${counts[most]} times`;
  histogram.free();
  return text;
}

console.log('\nThe same function over the same bytes (wasm-lend / #[wasm_bindgen] &[u8], medians of alternating rounds)');
for (const [name, ours, theirs] of [
  ['middle: the price of the call', pkg.middle, pkg.bindgen_middle],
  ['sum: with work on every byte', pkg.sum, pkg.bindgen_sum],
]) {
  for (const length of [16, 4096, bytes.length]) {
    const plain = new Uint8Array(bytes.subarray(0, length));
    const buffer = lend.createReadOnlyBuffer(plain);
    const ratio = compare(() => ours(buffer), () => theirs(plain));
    buffer.free();
    console.log(`  ${name.padEnd(30)} ${String(length).padStart(8)} B  ${ratio.toPrecision(2).padStart(8)}`);
  }
}
image.free();
console.log(`\nAlive at the end: ${JSON.stringify(lend.stats())}`);

/** @param {() => unknown} one @param {() => unknown} other @returns {number} The time of `one` divided by the time of `other`. */
function compare(one, other) {
  const time = (call, calls) => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) call();
    return (performance.now() - start) / calls;
  };
  // The number of calls that take 5 ms.
  const count = (call) => {
    let calls = 1;
    while (time(call, calls) * calls < 5) calls *= 2;
    return calls;
  };
  const [ones, others] = [count(one), count(other)];
  const ratios = Array.from({ length: 9 }, () => time(one, ones) / time(other, others));
  return ratios.sort((a, b) => a - b)[4];
}
