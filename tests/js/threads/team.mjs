// The package on this thread, and workers that join.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import { directory, load } from '../packages.mjs';

export const pkg = await load('web');
export const { lend } = pkg;

/** @type {Set<Worker>} */
const workers = new Set();
after(() => Promise.all([...workers].map((worker) => worker.terminate())));

/** A worker that has joined, and `ask`, which runs a job of worker.mjs there. */
export async function start() {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: pathToFileURL(join(directory('e2e', 'web'), 'e2e.js')).href });
  workers.add(worker);
  worker.once('exit', () => workers.delete(worker));
  const thread = await lend.join(worker);
  /** @type {Map<number, (answer: any) => void>} */
  const asked = new Map();
  /** @type {string[]} */
  const events = [];
  worker.on('message', (answer) => (answer.event === undefined ? asked.get(answer.id)?.(answer) : events.push(answer.event)));
  const ask = async (job, ...args) => {
    const id = (lastId += 1);
    const answer = new Promise((resolve) => asked.set(id, resolve));
    worker.postMessage({ id, job, args });
    const { result, error } = await answer;
    if (error !== undefined) throw Object.assign(new Error(error.message), error);
    return result;
  };
  return { worker, thread, ask, events };
}

let lastId = 0;

export const live = () => (({ buffers, bytes, handles, inFlight }) => ({ buffers, bytes, handles, inFlight }))(lend.stats());

/** Awaits a condition that another thread brings about. */
export async function until(condition, what) {
  for (let i = 0; i < 2000; i++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail(what);
}
