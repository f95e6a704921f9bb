// What a call of `#[export(worker)]` costs: beside an empty message to a worker and its answer, over buffers of any size, and on two workers.

import { Worker } from 'node:worker_threads';

const BLOCKS = 9;
const STEPS = 20_000_000;

const median = (/** @type {number[]} */ numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** Medians of each block, in turn. @param {Record<string, () => Promise<any>>} kinds @param {number} calls */
async function inTurn(kinds, calls) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let block = -1; block < BLOCKS; block++) {
    for (const [kind, run] of Object.entries(kinds)) {
      const samples = [];
      for (let i = 0; i < calls; i++) {
        const start = performance.now();
        await run();
        samples.push(performance.now() - start);
      }
      if (block >= 0) times[kind].push(median(samples));
    }
  }
  return (/** @type {string} */ one, /** @type {string} */ other) => times[one].map((time, i) => time / times[other][i]);
}

/** @param {any} pkg @param {(what: string, ratios: number[], limit?: number) => void} report */
export async function jobs({ job_empty, job_first, job_steps, lend }, report) {
  const echo = new Worker("const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => parentPort.postMessage(0));", { eval: true });
  /** @type {(answer: any) => void} */
  let answered = () => {};
  echo.on('message', (answer) => answered(answer));
  const message = () => new Promise((resolve) => {
    answered = resolve;
    echo.postMessage(0);
  });
  const pool = lend.workers({ size: 1 });
  const [small, large] = [64, 64 << 20].map((length) => lend.alloc(Uint8Array, length));
  const ratio = await inTurn({ message, empty: job_empty, small: () => job_first(small), large: () => job_first(large) }, 1000);
  report('an empty call of a worker, there and back / empty message', ratio('empty', 'message'), 1);
  report('a call of a worker with 64 MiB / with 64 B', ratio('large', 'small'), 1.1);
  await echo.terminate();
  await pool.close();

  // Both halves of the work on one worker, and each on its own.
  const halves = () => Promise.all([job_steps(STEPS), job_steps(STEPS)]);
  const times = { one: /** @type {number[]} */ ([]), two: /** @type {number[]} */ ([]) };
  for (let block = 0; block < 5; block++) {
    for (const [name, size] of /** @type {['one' | 'two', number][]} */ ([['one', 1], ['two', 2]])) {
      lend.workers({ size });
      await halves();
      await halves();
      const start = performance.now();
      await halves();
      times[name].push(performance.now() - start);
      await pool.close();
    }
  }
  report('two calls on two workers / on one', times.two.map((time, i) => time / times.one[i]));
  for (const buffer of [small, large]) buffer.free();
}
