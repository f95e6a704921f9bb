// The output of the examples.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { pluginBytes } from './packages.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string} program @returns {string} */
function run(program) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

it('sharing-data: several calls use one buffer with a file, without a copy', () => {
  const output = run('examples/sharing-data/main.mjs');
  assert.match(output, /^ {2}sum 55, product 0 /m);
  assert.match(output, /^A file: 3145745 bytes, sha256 c116dac4aa5d66ab…$/m, 'the same file on every machine');
  const addresses = [...output.matchAll(/at address (\d+) /g)].map(([, address]) => address);
  assert.equal(addresses.length, 4);
  assert.equal(new Set(addresses).size, 1, 'every call saw the same memory');
  assert.match(output, /^ {2}sum .*→ {2}101$/m);
  assert.match(output, /^ {2}histogram .*→ {2}3145745 bytes, most often 83: 12940 times$/m);
  assert.match(output, /^ {2}bytes copied by these calls: 0$/m);
  assert.match(output, /^Alive at the end: \{"handles":0,"buffers":0,"bytes":0,/m);
});

it('detached-greeting: raw views fail when memory grows, buffers do not', () => {
  assert.deepEqual(run('examples/detached-greeting/main.mjs').trimEnd().split('\n'), [
    '(a) raw views, memory grows:   TypeError: Cannot perform %TypedArray%.prototype.slice on a detached ArrayBuffer',
    '(b) buffers, memory has grown: Ahoy there, Testy McTestface!',
    '(c) raw views, no growth:      Ahoy there, Testy McTestface!',
  ]);
});

it('sharing-data-by-name: runs the tutorial in its original form', () => {
  assert.deepEqual(run('examples/sharing-data-by-name/main.mjs').trimEnd().split('\n'), [
    'sum: 55 product: 0',
    'bytes copied: 12: 10 into the buffer, and 1 with each result',
  ]);
});

it('streaming: 256 MiB go through fixed memory, and one buffer is passed a hundred times', () => {
  const output = run('examples/streaming/main.mjs');
  assert.match(output, /^ {2}256 MiB in windows of 1 MiB, CRC-32 f0314dea/m, 'the same file on every machine');
  assert.match(output, /^ {2}copied between JavaScript and Rust: 0 bytes; /m);
  const streamed = Number(/^ {2}peak memory of the process: ([\d.]+) MiB more/m.exec(output)?.[1]);
  assert.ok(streamed < 32, `${streamed} MiB for 256 MiB`);
  const [lent, copied] = [...output.matchAll(/peak [\d.]+ MiB, ([\d.]+) of the data$/gm)].map(([, ratio]) => Number(ratio));
  assert.ok(lent <= 1.05, `${lent} of the data`);
  assert.ok(copied > 1.5, `${copied} of the data with a copy`);
});

it('js-objects: prints the stack and the slab after each step', () => {
  const output = run('examples/js-objects/main.mjs');
  const after = (/** @type {string} */ step) => output.slice(output.indexOf(step)).split('\n').slice(1, 3).map((line) => line.trim().replace(/^(stack|slab) +/, ''));
  const constants = '0: undefined   1: null   2: true   3: false';
  assert.deepEqual(after('and borrow(b) within'), ["-1: { name: 'a' }   -2: [Function (anonymous)]   -3: { name: 'b' }   -4: [Function (anonymous)]", constants]);
  assert.deepEqual(after('a call that threw'), ["-1: { name: 'a' }   -2: [Function (anonymous)]", constants]);
  assert.deepEqual(after('borrow(a) has returned'), ['(empty)', constants]);
  assert.deepEqual(after('own(d): in the slab')[1], `${constants}   4: { name: 'd' }`);
  assert.deepEqual(after('keep(null)')[1], `${constants}   4: { name: 'e' }   5: { name: 'f' }`);
  assert.deepEqual(after('Rust drops one of the two')[1], `${constants}   4: free, next 6   5: { name: 'f' }`);
  assert.match(output, /lend\.watch: Rust has released e/);
  assert.match(output, /^lend\.stats\(\)\.objects: 0$/m);
});

it('editor-buffer: makes ten thousand edits and undoes them', () => {
  const output = run('examples/editor-buffer/main.mjs');
  assert.match(output, /^ {2}after undo\(\): "Hello, brave new world"$/m);
  assert.match(output, /^ {2}ERR_LEND_BORROWED: TextBuffer\.insert\(\): .* a buffer that TextBuffer\.typed\(\) has returned$/m);
  assert.match(output, /^ {2}the same text, 987978 units in 19278 pieces, 21736 lines$/m);
  assert.match(output, /^ {2}10000 times undo\(\): the original text$/m);
  assert.match(output, /^Alive at the end: \{"handles":0,"instances":0,"objects":0,"closures":0\}$/m);
});

it('shared-runtime: both apps see the same offset and value', () => {
  const lines = run('examples/shared-runtime/main.mjs').trimEnd().split('\n').map((line) => line.split(' '));
  const row = (/** @type {number} */ index) => lines[index].filter((_, column) => column !== 1);
  assert.deepEqual([0, 1, 2, 3].map(row), [['app1', '1', 'A'], ['app2', '1', 'B'], ['app2', '2', 'AB'], ['app1', '2', 'AB']]);
  const offsets = lines.map(([, offset]) => Number(offset));
  assert.equal(offsets[2], offsets[3]);
  assert.equal(new Set(offsets).size, 3);
});

it('image-plugins: runs three filters without copying a byte', () => {
  const output = run('examples/image-plugins/main.mjs');
  const addresses = [...output.matchAll(/bytes at (\d+)/g)].map(([, address]) => address);
  assert.deepEqual([addresses.length, new Set(addresses).size], [4, 1], 'every filter saw the same memory');
  const checksums = [...output.matchAll(/checksum (\d+)/g)].map(([, sum]) => Number(sum));
  assert.deepEqual(checksums, [197815567, 197418966, 198312228, 157748094], 'the same on every machine');
  assert.match(output, /^bytes copied by the three: 0$/m);
});

it('a small plugin has at most 20 KB, gzipped', async (test) => {
  const { size, gzipped } = await sizeOf('hello');
  test.diagnostic(`${size} bytes, gzipped ${gzipped}`);
  assert.ok(gzipped <= 20_000, `${gzipped}`);
});

/** @param {string} plugin */
async function sizeOf(plugin) {
  const bytes = await pluginBytes(plugin);
  return { size: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}

it('codec: Rust panics on a bad file, and then decodes the next one', () => {
  const output = run('examples/codec/main.mjs');
  assert.match(output, /^short: damaged$/m);
  assert.match(output, /^good again: aaaaaaaaaabbbbbbccd$/m);
  assert.match(output, /^wrong: damaged$/m);
  assert.match(output, /^started 3 times, 0 buffers alive$/m);
});
