// What a call of `#[export(worker)]` costs: beside an empty message to a worker and its answer, over buffers of any size, and on two workers.

import { Worker } from 'node:worker_threads';

import { inTurn } from './inTurn.mjs';

const STEPS = 20_000_000;

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
  const times = await inTurn({ message, empty: job_empty, small: () => job_first(small), large: () => job_first(large) }, 1000);
  const ratio = (/** @type {string} */ one, /** @type {string} */ other) => times[one].map((time, i) => time / times[other][i]);
  report('an empty call of a worker, there and back / empty message', ratio('empty', 'message'), 1);
  report('a call of a worker with 64 MiB / with 64 B', ratio('large', 'small'), 1.1);
  await echo.terminate();
  await pool.close();

  // Both halves of the work on one worker, and each on its own.
  const halves = () => Promise.all([job_steps(STEPS), job_steps(STEPS)]);
  const halved = { one: /** @type {number[]} */ ([]), two: /** @type {number[]} */ ([]) };
  for (let block = 0; block < 5; block++) {
    for (const [name, size] of /** @type {['one' | 'two', number][]} */ ([['one', 1], ['two', 2]])) {
      lend.workers({ size });
      await halves();
      await halves();
      const start = performance.now();
      await halves();
      halved[name].push(performance.now() - start);
      await pool.close();
    }
  }
  report('two calls on two workers / on one', halved.two.map((time, i) => time / halved.one[i]));
  for (const buffer of [small, large]) buffer.free();
}
