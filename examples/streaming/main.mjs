// A file of 256 MiB passes through Rust in fixed memory: each call gets the same window. Then 256 MiB at once are passed 100 times, compared
// with `&[u8]` of `#[wasm_bindgen]`. Each part runs in its own process, to measure its peak memory. `cargo xtask demo` builds and runs this
// example.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

const MiB = 1024 * 1024;
const SIZE = 256 * MiB;
const WINDOW = MiB;
const packages = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages', import.meta.url));
const { lend, invert, checksum, ends, ends_copied } = createRequire(import.meta.url)(join(packages, 'streaming/nodejs/streaming.js'));

/** The peak memory of this process, in MiB. */
const peak = () => process.resourceUsage().maxRSS / 1024;
const inMiB = (/** @type {number} */ value) => `${value.toFixed(1)} MiB`;

/** Fills the window with different bytes for each block, in little time. @param {Uint8Array} window @param {number} block */
function fill(window, block) {
  window.fill(block & 0xff);
  window[0] = block >> 8;
}

function stream() {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-lend-streaming-'));
  try {
    const [source, target] = [join(folder, 'source'), join(folder, 'target')];
    const before = peak();
    const window = lend.alloc(Uint8Array, WINDOW);
    let file = openSync(source, 'w');
    for (let block = 0; block < SIZE / WINDOW; block++) {
      fill(window.view, block);
      writeSync(file, window.view);
    }
    closeSync(file);
    const [input, output] = [openSync(source, 'r'), openSync(target, 'w')];
    // The bytes are read into wasm memory, changed there, and written from there.
    for (let read; (read = readSync(input, window.view)) > 0; ) {
      const part = read === WINDOW ? window : window.subarray(0, read);
      invert(part);
      writeSync(output, part.view);
    }
    closeSync(input);
    closeSync(output);
    const crc = checksum();
    const { copiedBytes, memoryBytes } = lend.stats();
    console.log(`  ${SIZE / MiB} MiB in windows of ${WINDOW / MiB} MiB, CRC-32 ${crc.toString(16)}${check(source, crc)}`);
    console.log(`  copied between JavaScript and Rust: ${copiedBytes} bytes; wasm memory: ${inMiB(memoryBytes / MiB)}`);
    console.log(`  peak memory of the process: ${inMiB(peak() - before)} more than before`);
    // Inverting the result again gives the original file.
    file = openSync(target, 'r');
    for (let read; (read = readSync(file, window.view)) > 0; ) invert(read === WINDOW ? window : window.subarray(0, read));
    closeSync(file);
    checksum();
    window.free();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} source @param {number} crc Compared with the CRC of Node's zlib, if this version of Node has it. */
function check(source, crc) {
  if (crc32 === undefined) return '';
  const file = openSync(source, 'r');
  const window = new Uint8Array(WINDOW);
  let expected = 0;
  for (let read; (read = readSync(file, window)) > 0; ) expected = crc32(window.subarray(0, read), expected);
  closeSync(file);
  if (expected !== crc) throw new Error(`zlib says ${expected.toString(16)}`);
  return ', as zlib says';
}

const TIMES = 100;

function pass() {
  const before = peak();
  const buffer = lend.alloc(Uint8Array, SIZE);
  buffer.view.fill(1);
  let sum = 0;
  for (let i = 0; i < TIMES; i++) sum += ends(buffer);
  report('wasm-lend, a buffer', sum, peak() - before);
}

function passCopied() {
  const before = peak();
  const bytes = new Uint8Array(SIZE).fill(1);
  let sum = 0;
  for (let i = 0; i < TIMES; i++) sum += ends_copied(bytes);
  report('wasm-bindgen, &[u8]', sum, peak() - before);
}

/** @param {string} what @param {number} sum @param {number} more */
function report(what, sum, more) {
  if (sum !== TIMES * 0x101) throw new Error(`${what}: ${sum}`);
  console.log(`  ${what.padEnd(20)} peak ${inMiB(more)}, ${(more / (SIZE / MiB)).toFixed(3)} of the data`);
}

const parts = { stream, pass, passCopied };
const [, program, part] = process.argv;
if (part !== undefined) {
  parts[/** @type {keyof typeof parts} */ (part)]();
} else {
  const run = (/** @type {string} */ part) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, part], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${part} failed: ${stderr}`);
    process.stdout.write(stdout);
  };
  console.log('A file through one window');
  run('stream');
  console.log(`\n${SIZE / MiB} MiB at once, ${TIMES} times`);
  run('pass');
  run('passCopied');
}
