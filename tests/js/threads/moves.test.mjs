// A mutable buffer that goes to a worker and back again and again. `WASM_LEND_MOVES` sets how often.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { lend, live, start } from './team.mjs';

const MOVES = Number(process.env.WASM_LEND_MOVES ?? 20_000);

it(`goes to a worker and back ${MOVES} times, with the same handle and the same memory`, { timeout: 1_200_000 }, async () => {
  const before = live();
  const { worker } = await start();
  let buffer = lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
  const during = { ...live(), memoryBytes: lend.stats().memoryBytes };
  await new Promise((resolve) => {
    let moves = 0;
    worker.on('message', ({ result }) => {
      buffer = lend.receive(result);
      moves += 1;
      if (moves < MOVES) worker.postMessage({ job: 'back', args: [lend.share(buffer)] });
      else resolve(moves);
    });
    worker.postMessage({ job: 'back', args: [lend.share(buffer)] });
  });
  assert.deepEqual({ ...live(), memoryBytes: lend.stats().memoryBytes }, during);
  assert.deepEqual([...buffer.view], [1, 2, 3]);
  buffer.free();
  assert.deepEqual(live(), before);
});
