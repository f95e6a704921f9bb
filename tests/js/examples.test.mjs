// The examples print what they promise.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string} program @returns {string} */
function run(program) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

it('sharing-data: several calls over one buffer of a file, without a copy', () => {
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

it('sharing-data-by-name: the tutorial as it was written', () => {
  assert.deepEqual(run('examples/sharing-data-by-name/main.mjs').trimEnd().split('\n'), [
    'sum: 55 product: 0',
    'bytes copied: 12, which are 10 into the buffer, and 1 out with each result',
  ]);
});

it('streaming: 256 MiB in fixed memory, and passed a hundred times', () => {
  const output = run('examples/streaming/main.mjs');
  assert.match(output, /^ {2}256 MiB in windows of 1 MiB, CRC-32 f0314dea/m, 'the same file on every machine');
  assert.match(output, /^ {2}copied between JavaScript and Rust: 0 bytes; /m);
  const streamed = Number(/^ {2}peak memory of the process: ([\d.]+) MiB more/m.exec(output)?.[1]);
  assert.ok(streamed < 32, `${streamed} MiB for 256 MiB`);
  const [lent, copied] = [...output.matchAll(/peak [\d.]+ MiB, ([\d.]+) of the data$/gm)].map(([, ratio]) => Number(ratio));
  assert.ok(lent <= 1.05, `${lent} of the data`);
  assert.ok(copied > 1.5, `${copied} of the data with a copy`);
});
