// @ts-check
// Calls of functions of `#[export(worker)]`. The shim puts the call into a job of Rust, which keeps what it has borrowed. Here it is decided who
// runs it: a thread of the pool over shared memory (threads/pool.js), a worker with a memory of its own (copyingPool.js), or this thread.

import { begin, copies, offerJobs } from './copyingPool.js';
import { describe, isArray, LendError } from './error.js';
import { soon } from './host.js';
import { key, poison, wasm, whenReplaced } from './memory.js';
import { drops, report } from './pendingDrops.js';
import { afterTrap, wordsOfPanic } from './poison.js';
import { setPool } from './pool.js';
import { fromCaller, nameOf, place } from './signatures.js';
import { giveValue, rejectedAtEnd } from './values.js';
import { openPool, pending } from './workerPool.js';

// The flags that Rust reads: `runtime/src/package/job/future.rs` has the same.
export const POOLED = 1;
const BACKGROUND = 2;
const REPORTS = 4;

/**
 * @typedef {import('./signatures.js').About} About
 * @typedef {{
 *   flags: number,
 *   about: About,
 *   signal: AbortSignal | undefined,
 *   onProgress: ((value: unknown) => void) | undefined,
 *   copies: unknown[] | null,
 *   given: unknown[],
 *   end: { value?: unknown, error?: unknown } | null,
 *   cancel: (() => void) | null,
 * }} Job
 * @typedef {{ flags: number, copies(values: unknown[]): unknown[] | null, begin(id: number, job: Job): void }} Runner
 */

/** Runs a job on this thread, in a task of its own. @type {Runner} */
export const onThisThread = {
  flags: 0,
  copies: () => null,
  begin: (id) => later(() => runHere(id)),
};

/** @param {() => void} f */
const later = (f) => (typeof setTimeout === 'function' ? void setTimeout(f, 0) : soon(f));

/** @param {number} id */
export function runHere(id) {
  if (poison !== null) return;
  try {
    wasm.lend_job_run(id);
  } catch (error) {
    const thrown = afterTrap(error);
    const job = jobs.get(id);
    if (job !== undefined) job.end ??= { error: thrown };
    // The end of the instance rejects the promise.
    if (poison !== null) return;
    wasm.lend_job_left(key);
    return;
  }
  endOfRun();
}

/** A job has run here. What it has left is destroyed, and then its caller hears. */
export function endOfRun() {
  if (drops.any) drops.run();
  wasm.lend_job_ended();
}

/** For each copy, a worker with a memory of its own. @type {Runner} */
export const copyingRunner = { flags: 0, copies: (values) => copies(values), begin: (id, job) => begin(id, job) };

/** @type {Runner} */
let runner = copyingRunner;

/** @param {Runner} other */
export const setRunner = (other) => void (runner = other);

/** The jobs that have not settled, by the number that Rust has for them until JavaScript forgets it. @type {Map<number, Job>} */
let jobs = new Map();

/** Runs when another instance takes over, which has jobs of its own. */
function reset() {
  jobs = new Map();
  pending.forget();
}

/**
 * Reads the options of a call, before anything of it is borrowed.
 * @param {any} options @param {About} about @param {unknown[]} values The arguments.
 * @returns {Job}
 */
export function newJob(options, about, values) {
  const { signal, priority, onProgress } = readOptions(options, about);
  if (signal?.aborted) throw signal.reason;
  const flags = runner.flags | (priority === 'background' ? BACKGROUND : 0) | (onProgress === undefined ? 0 : REPORTS);
  return { flags, about, signal, onProgress, copies: runner.copies(values), given: values, end: null, cancel: null };
}

/** @param {any} options @param {About} about */
function readOptions(options, about) {
  if (options == null) return {};
  const what = `${nameOf(about)}(): its options`;
  if (typeof options !== 'object') {
    throw fromCaller(about, new LendError('ERR_LEND_TYPE', `${what} are an object { signal, priority, onProgress }; got ${describe(options)}`));
  }
  const { signal = undefined, priority = undefined, onProgress = undefined } = options;
  const wrong = (/** @type {string} */ expected, /** @type {unknown} */ value) => fromCaller(about, new LendError('ERR_LEND_TYPE', `${what}: ${expected}; got ${describe(value)}`));
  if (signal !== undefined && (typeof signal?.aborted !== 'boolean' || typeof signal.addEventListener !== 'function' || typeof signal.removeEventListener !== 'function')) throw wrong('`signal` is an AbortSignal', signal);
  if (priority !== undefined && priority !== 'user' && priority !== 'background') throw wrong("`priority` is 'user' or 'background'", priority);
  if (onProgress !== undefined && typeof onProgress !== 'function') throw wrong('`onProgress` is a function', onProgress);
  return { signal, priority, onProgress };
}

/** A plain array for `&mut [T]`: what would be written to it later, nobody would expect. @param {unknown} value @param {About} about @param {number} index @returns {never} */
export function refusePlain(value, about, index) {
  const why = ArrayBuffer.isView(value) || isArray(value) ? ' (a plain array would be written to behind your back: make it by lend.createMutableBuffer())' : '';
  throw fromCaller(about, new LendError('ERR_LEND_TYPE', `${place(about, index)} takes a mutable buffer; got ${describe(value)}${why}`));
}

/** What Rust rejects the promise of a job with that does not end by itself. The shim's promise has another error. */
const ABORTED = Symbol('aborted');

/** Called from wasm. */
export const aborted = () => ABORTED;

/** Called from wasm, for a panic of another thread. @param {string} message @param {string} file @param {number} line @param {number} column */
export const panicked = (message, file, line, column) => new LendError('ERR_LEND_PANIC', file === '' ? 'an exception of JavaScript has left the call, on another thread: see the console' : wordsOfPanic(message, file, line, column));

/** Called from wasm. @param {Promise<unknown>} promise @param {number} id */
export function giveJob(promise, id) {
  const own = rejectedAtEnd(promise);
  // The caller has another promise, which is rejected too. This one nobody may be waiting for.
  own.catch(() => {});
  giveValue({ promise: own, id });
}

/** Called from wasm, with a report of a job. @param {number} id @param {unknown} value @param {boolean} [isError] True if the report could not be converted. */
export function progressed(id, value, isError = false) {
  if (isError) return report(value);
  try {
    jobs.get(id)?.onProgress?.(value);
  } catch (error) {
    report(error);
  }
}

/** Ends a job that runs elsewhere, with this result or error. Rust ends its borrows. @param {number} id @param {Job} job @param {NonNullable<Job['end']>} end */
export function endJob(id, job, end) {
  if (job.end !== null || jobs.get(id) !== job) return;
  job.end = end;
  abort(id);
}

/** @param {number} id */
function abort(id) {
  if (poison !== null) return;
  wasm.lend_job_abort(id);
  if (drops.any) drops.run();
}

/** Ends all jobs that wait, with an error. @param {unknown} error */
export const failAll = (error) => jobs.forEach((job, id) => endJob(id, job, { error }));

/**
 * What has to be done when a signal aborts. Each signal has one listener: of many, Node warns.
 * @type {WeakMap<AbortSignal, { all: Set<() => void>, listener: () => void }>}
 */
const waiting = new WeakMap();

/** @param {AbortSignal} signal @param {() => void} onAbort */
function listen(signal, onAbort) {
  let entry = waiting.get(signal);
  if (entry === undefined) {
    const all = /** @type {Set<() => void>} */ (new Set());
    entry = { all, listener: () => all.forEach((each) => each()) };
    waiting.set(signal, entry);
    signal.addEventListener('abort', entry.listener, { once: true });
  }
  entry.all.add(onAbort);
}

/** @param {AbortSignal} signal @param {() => void} onAbort */
function forget(signal, onAbort) {
  const entry = waiting.get(signal);
  if (entry === undefined || !entry.all.delete(onAbort) || entry.all.size > 0) return;
  waiting.delete(signal);
  signal.removeEventListener('abort', entry.listener);
}

/** @param {number} id @param {Job} job @param {() => void} onAbort */
function begun(id, job, onAbort) {
  const { signal } = job;
  try {
    if (signal !== undefined) listen(signal, onAbort);
    runner.begin(id, job);
    // It may have aborted while the arguments were read.
    if (signal?.aborted) onAbort();
  } catch (error) {
    // By a method of the signal. The promise is rejected with it.
    endJob(id, job, { error });
  }
}

/**
 * Has somebody run a job, which Rust has made.
 * @param {Job} job @param {{ promise: Promise<unknown>, id: number }} made
 * @returns {Promise<unknown>}
 */
export async function started(job, { promise, id }) {
  const { signal } = job;
  const all = jobs;
  // Not of an instance that has taken over since, nor of a job that has the same number by now.
  const isThere = () => all === jobs && jobs.get(id) === job;
  const onAbort = () => {
    if (!isThere()) return;
    job.cancel?.();
    abort(id);
  };
  whenReplaced(reset);
  jobs.set(id, job);
  pending.began();
  try {
    begun(id, job, onAbort);
    return await promise;
  } catch (error) {
    if (job.end === null) throw error === ABORTED ? signal?.reason : error;
    if ('error' in job.end) throw job.end.error;
    return job.end.value;
  } finally {
    if (signal !== undefined) forget(signal, onAbort);
    if (isThere()) {
      jobs.delete(id);
      if (poison === null) wasm.lend_job_forget(id);
      pending.ended();
    }
  }
}

setPool(openPool);
export { offerJobs };
