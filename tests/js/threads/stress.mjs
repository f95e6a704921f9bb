// Threads that do at random what they can with buffers, which they pass to each other: `cargo xtask stress`. At the end nothing is left.
//
// With `--ending` workers are ended all the time, between calls, and others take their places.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { directory, load } from '../packages.mjs';
import { randomFrom } from '../random.mjs';

const { values } = parseArgs({ options: { threads: { type: 'string', default: '8' }, seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, ending: { type: 'boolean', default: false } } });
const [threads, seconds] = [Number(values.threads), Number(values.seconds)];
const seed = Number(values.seed ?? Date.now() % 1e9);
const next = randomFrom(seed);

// A thread of its own, which ends everything when this thread hangs: it waits for the next beat, and so cannot hang itself.
const beats = new Int32Array(new SharedArrayBuffer(4));
const watchdog = `const { workerData } = require('node:worker_threads');
for (;;) {
  if (Atomics.wait(workerData, 0, Atomics.load(workerData, 0), 20_000) !== 'timed-out') continue;
  process._rawDebug('stress: the main thread hangs');
  process.kill(process.pid, 'SIGKILL');
}`;
new Worker(watchdog, { eval: true, workerData: beats }).unref();
const beat = setInterval(() => {
  Atomics.add(beats, 0, 1);
  Atomics.notify(beats, 0);
}, 500);

const pkg = await load('web');
const { lend } = pkg;
const main = pathToFileURL(join(directory('e2e', 'web'), 'e2e.js')).href;
const before = lend.stats();
/** @type {Array<{ worker: Worker, thread: any, calls: number }>} */
const team = [];
let messages = 0;
let calls = 0;

/** @param {Worker} worker @param {string} name Of the answer. @param {object} message @returns {Promise<any>} */
function ask(worker, name, message) {
  return new Promise((resolve) => {
    const onMessage = (/** @type {any} */ answer) => {
      if (answer[name] === undefined) return;
      worker.off('message', onMessage);
      resolve(answer);
    };
    worker.on('message', onMessage);
    worker.postMessage(message);
  });
}

async function start() {
  const worker = new Worker(new URL('./stressWorker.mjs', import.meta.url), { workerData: { main, seed: next(), isToEnd: values.ending } });
  worker.on('error', (error) => {
    console.error(`stress: a worker failed (seed ${seed})`, error);
    process.exit(1);
  });
  worker.on('message', ({ token, isMutable }) => {
    if (token === undefined) return;
    messages += 1;
    const to = team[next() % team.length];
    if (to === undefined) lend.revoke(token);
    else to.worker.postMessage({ token, isMutable });
  });
  const member = { worker, thread: await lend.join(worker), calls: 0 };
  worker.postMessage({ run: true });
  return member;
}

/** Ends a worker between two calls. @param {any} member */
async function end({ worker }) {
  calls += (await ask(worker, 'stopped', { stop: true })).calls;
  await worker.terminate();
}

for (let i = 0; i < threads; i++) team.push(await start());
const until = Date.now() + seconds * 1000;
let ended = 0;
while (Date.now() < until) {
  if (!values.ending) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    continue;
  }
  const [member] = team.splice(next() % team.length, 1);
  await end(member);
  ended += 1;
  team.push(await start());
}

// What is posted while the others stop must not be lost: all stop, then all free, twice for what was under way.
for (const { worker } of team) calls += (await ask(worker, 'stopped', { stop: true })).calls;
for (let round = 0; round < 3; round++) for (const { worker } of team) await ask(worker, 'freed', { free: true });
for (const { thread, worker } of team) {
  await thread.leave();
  await worker.terminate();
}
globalThis.gc?.();
const { buffers, bytes, handles, borrows, inFlight } = lend.stats();
console.log(`${threads} threads, ${seconds} s, seed ${seed}: ${calls} steps, ${messages} buffers posted, ${ended} workers ended`);
const left = { buffers, bytes, handles, borrows, inFlight };
assert.deepEqual(left, { buffers: before.buffers, bytes: before.bytes, handles: before.handles, borrows: 0, inFlight: 0 }, `nothing is left (seed ${seed})`);
assert.ok(calls > 0 && messages > 0);
clearInterval(beat);
process.exit(0);
