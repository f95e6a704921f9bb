// node threads.mjs SHARED PLAIN NAME
// What a thread costs: a buffer to a worker and an answer, beside copy, transfer and an empty message; and calls of a package with shared memory,
// beside those of the same package without.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import { jobs } from './jobs.mjs';
import { measure } from './measure.mjs';
import { call } from './topics/call.mjs';

const SIZES = [['16 B', 16], ['1 MiB', 1 << 20], ['16 MiB', 16 << 20]];
const BLOCKS = 5;

/** @param {string} folder */
const urlOf = (folder) => pathToFileURL(join(folder, 'benches.js')).href;
const median = (/** @type {number[]} */ numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** The answers of the worker. @type {Record<string, (message: any, pkg: any) => [any, any[]?]>} */
const ANSWERS = {
  empty: () => [0],
  copy: ({ array }) => [array[0]],
  transfer: ({ array }) => [array, [array.buffer]],
  share({ token }, { lend, lend_slice: first }) {
    const buffer = lend.receive(token);
    const answer = first(buffer);
    buffer.free();
    return [answer];
  },
  move({ token }, { lend, lend_slice: first }) {
    const buffer = lend.receive(token);
    first(buffer);
    return [lend.share(buffer)];
  },
};

async function inWorker() {
  const pkg = await import(workerData);
  parentPort?.on('message', (message) => {
    if (message.kind !== undefined) parentPort?.postMessage(...ANSWERS[/** @type {string} */ (message.kind)](message, pkg));
  });
  await pkg.lend.serve(pkg.initSync);
}

/** @param {string} folder */
async function started(folder) {
  const pkg = await import(urlOf(folder));
  pkg.initSync({ module: await readFile(join(folder, 'benches_bg.wasm')) });
  return pkg;
}

/** @param {any} pkg @param {string} folder */
async function handOver({ lend }, folder) {
  const worker = new Worker(new URL(import.meta.url), { workerData: urlOf(folder) });
  await lend.join(worker);
  /** @type {(answer: any) => void} */
  let answered = () => {};
  worker.on('message', (answer) => answered(answer));
  const ask = (/** @type {any} */ message, /** @type {any[]} */ transfer = []) => new Promise((resolve) => {
    answered = resolve;
    worker.postMessage(message, transfer);
  });
  for (const [what, size] of /** @type {[string, number][]} */ (SIZES)) {
    const array = new Uint8Array(size).fill(3);
    const readOnly = lend.createReadOnlyBuffer(array);
    let mutable = lend.createMutableBuffer(array);
    let transferred = array.slice();
    /** @type {Record<string, () => Promise<any>>} */
    const kinds = {
      empty: () => ask({ kind: 'empty' }),
      copy: () => ask({ kind: 'copy', array }),
      transfer: async () => (transferred = await ask({ kind: 'transfer', array: transferred }, [transferred.buffer])),
      share: () => ask({ kind: 'share', token: lend.share(readOnly) }),
      move: async () => (mutable = lend.receive(await ask({ kind: 'move', token: lend.share(mutable) }))),
    };
    /** Medians of each block. The garbage of copies is collected between blocks. @type {Record<string, number[]>} */
    const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
    for (let block = -1; block < BLOCKS; block++) {
      for (const [kind, run] of Object.entries(kinds)) {
        globalThis.gc?.();
        const samples = [];
        for (let i = 0; i < (size > 1e5 ? 60 : 1000); i++) {
          const start = performance.now();
          await run();
          samples.push(performance.now() - start);
        }
        if (block >= 0) times[kind].push(median(samples));
      }
    }
    for (const kind of ['share', 'move', 'copy', 'transfer']) report(`${what} to a worker and an answer: ${kind} / empty message`, times[kind].map((time, i) => time / times.empty[i]), ['share', 'move'].includes(kind) ? 1.3 : undefined);
    readOnly.free();
    mutable.free();
  }
  await worker.terminate();
}

/** @param {string} what @param {number[]} ratios @param {number} [limit] */
function report(what, ratios, limit) {
  const value = median(ratios);
  const wanted = limit === undefined ? '' : `   wanted ${limit}${value > limit ? ': missed' : ''}`;
  console.log(`${value.toFixed(2).padStart(8)}  (${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)})  ${what}${wanted}`);
}

/** @param {any} shared @param {any} plain */
async function calls(shared, plain) {
  const text = 'x'.repeat(1000);
  /** @type {[string, number | undefined, (pkg: any) => [Function, ...any[]]][]} */
  const rows = [
    ['a buffer by its handle', 1.3, (pkg) => [pkg.lend_slice, pkg.lend.createReadOnlyBuffer(new Uint8Array(16))]],
    ['numbers', undefined, (pkg) => [pkg.lend_add, 1, 2]],
    ['a plain array of 64 B', undefined, (pkg) => [pkg.lend_plain, new Uint8Array(64)]],
    ['a plain array of 4 KiB', 2, (pkg) => [pkg.lend_plain, new Uint8Array(4096)]],
    ['a string of 1,000', 2.5, (pkg) => [pkg.lend_text_in, text]],
    ['a buffer made and freed', 1.4, ({ lend }) => [() => void lend.alloc(Uint8Array, 16).free()]],
  ];
  for (const [what, limit, make] of rows) {
    const times = await measure([call('shared', ...make(shared)), call('plain', ...make(plain))]);
    report(`${what}: with shared memory / without`, times.shared.map((time, i) => time / times.plain[i]), limit);
  }
}

if (isMainThread) {
  const [, , sharedFolder, plainFolder, name] = process.argv;
  console.log(`\nthreads, ${name}: medians of ratios (and their range)`);
  const shared = await started(sharedFolder);
  await handOver(shared, sharedFolder);
  await jobs(shared, report);
  await calls(shared, await started(plainFolder));
  process.exit(0);
} else {
  await inWorker();
}
