// @ts-check
// Calls of workers where memory cannot be shared. Each worker has the package with a memory of its own. So arguments are copied there, and the
// elements of buffers that the function may write to are copied back. Rust of the caller holds the borrows of the job meanwhile, and runs nothing.

import { LendError } from './error.js';
import { copyOfBuffer, receiveCopy, share, whyCopied } from './handover.js';
import { handle } from './handles.js';
import { copyingRunner as runner, endJob, onThisThread, progressed, setRunner } from './jobs.js';
import { poison } from './memory.js';
import { drops } from './pendingDrops.js';
import { drop, end, grow, idleTime, isClosing, mainFile, members, setWork } from './workerPool.js';
import { setMember } from './workers.js';

/** @typedef {import('./workerPool.js').Member} Member @typedef {import('./jobs.js').Job} Job @typedef {{ id: number, job: Job }} Next */

/** The functions of this package that run on workers, by name. @type {Map<string, Function>} */
const functions = new Map();

/** Called by snippets when the package starts. @param {Record<string, Function>} offered @param {string} main The name of the package's main file. */
export function offerJobs(offered, main) {
  mainFile.name ||= main;
  for (const [name, f] of Object.entries(offered)) functions.set(name, f);
}

/** What waits for a member. @type {Next[]} */
const queue = [];

/** An argument as it is now. The copy of a view is not all of its memory. @param {any} value */
function copied(value) {
  if (handle(value) !== 0) return { lend: copyOfBuffer(value) };
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? new DataView(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)) : /** @type {any} */ (value).slice();
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}

/** @param {any} value @returns {any} */
const revived = (value) => (value?.lend?.$lend === 0 ? receiveCopy(value.lend, 'a call of a worker') : value);

let hasSaid = false;

function sayThatItCopies() {
  if (hasSaid) return;
  hasSaid = true;
  console.info(`wasm-lend: calls of workers copy their buffers: ${whyCopied()}`);
}

/** Before the call, which may move some of them. Null if one of them is an instance, or something else that stays here. @param {unknown[]} values */
export function copies(values) {
  try {
    return values.map(copied);
  } catch {
    return null;
  }
}

/** @param {number} id @param {Job} job */
export function begin(id, job) {
  if (job.copies === null) return onThisThread.begin(id, job);
  setWork(work);
  sayThatItCopies();
  job.cancel = () => cancel(job);
  queue.push({ id, job });
  dispatch();
}

function dispatch() {
  for (const member of members) while (queue.length > 0 && member.job === null) run(member, /** @type {Next} */ (queue.shift()));
  if (queue.length > 0) grow();
}

/** The codes of the parameters that a function writes to start with this: runtime/js/signatures.js. */
const WRITES = /^\??w/;

/** @param {Member} member @param {Next} next */
function run(member, next) {
  const { id, job } = next;
  const [, name, ...parameters] = /** @type {string[]} */ (/** @type {unknown} */ (job.about()));
  try {
    member.post({ call: name, values: job.copies, writes: parameters.map((each) => WRITES.test(each)), reports: job.onProgress !== undefined });
    clearTimeout(member.timer);
    member.job = next;
  } catch {
    onThisThread.begin(id, job);
  }
}

/** The signal has aborted. A memory of its own can be thrown away with what runs there. @param {Job} job */
function cancel(job) {
  const at = queue.findIndex((each) => each.job === job);
  if (at !== -1) queue.splice(at, 1);
  for (const member of members) if (member.job?.job === job) drop(member);
  dispatch();
}

/** @type {import('./workerPool.js').Work} */
const work = {
  ready(member) {
    dispatch();
    if (member.job === null) rest(member);
  },

  heard(member, data) {
    const { id, job } = member.job ?? {};
    if (data.progress !== undefined) return job && progressed(id, data.progress.value);
    member.job = null;
    // A worker whose Rust has ended gets no other call.
    if (data.gone || data.isPoisoned) members.delete(member);
    if (job !== undefined) {
      if (data.gone) endJob(id, job, { error: new LendError('ERR_LEND_PANIC', 'the worker of this call has ended') });
      else if ('error' in data) endJob(id, job, { error: thrown(data) });
      else {
        // Rust holds the exclusive borrows of these for this call.
        data.written.forEach((/** @type {any} */ elements, /** @type {number} */ index) => elements && handle(job.given[index]) !== 0 && write(job.given[index], elements));
        endJob(id, job, { value: revived(data.value) });
      }
    }
    dispatch();
    if (data.gone || data.isPoisoned) drop(member);
    else if (member.job === null) rest(member);
  },

  close() {
    for (const member of members) if (member.job === null) end(member);
  },

  closed() {},

  // Without workers the calls run here, until the settings change.
  lost(error) {
    console.warn('wasm-lend: calls of workers run on this thread:', error);
    setRunner(onThisThread);
    for (const { id, job } of queue.splice(0)) onThisThread.begin(id, job);
  },

  configured: () => setRunner(runner),

  isIdle: ({ job }) => job === null,
};

/** @param {any} buffer @param {any} elements */
function write(buffer, elements) {
  const { view } = buffer;
  (view.set === undefined ? view.bytes : view).set(elements);
}

/** The longest time that a timer can have. */
const FOR_EVER = 2 ** 31 - 1;

/** Ends a member if it has nothing to do for a while. @param {Member} member */
function rest(member) {
  if (isClosing()) return void end(member);
  clearTimeout(member.timer);
  if (idleTime() >= FOR_EVER) return;
  member.timer = setTimeout(() => void (member.job === null && end(member)), idleTime());
  member.timer.unref?.();
}

/** An error of the worker. A clone has lost its class, and its properties. @param {any} data */
function thrown({ error, code, properties }) {
  if (code !== undefined) return new LendError(code, error.message, { cause: error });
  return typeof error === 'object' && error !== null ? Object.assign(error, properties) : error;
}

// ===== in the worker =====

setMember(async (data, port) => {
  if (data.call === undefined) return;
  setRunner(onThisThread);
  /** @type {any[]} */
  let values = [];
  try {
    values = data.values.map(revived);
    const f = functions.get(data.call);
    if (f === undefined) throw new LendError('ERR_LEND_TYPE', `this worker's package has no ${data.call}()`);
    const options = data.reports ? { onProgress: (/** @type {unknown} */ value) => port.postMessage({ progress: { value } }) } : undefined;
    const value = await f(...values, options);
    const written = values.map((each, index) => (data.writes[index] && handle(each) !== 0 ? copyOfBuffer(each).elements : null));
    answer(port, { value: handle(value) === 0 ? value : { lend: share(value) }, written });
  } catch (error) {
    tell(port, error);
  } finally {
    if (poison === null) {
      for (const value of values) if (handle(value) !== 0) value.free();
      if (drops.any) drops.run();
    }
  }
});

/** @param {any} port @param {any} message */
function answer(port, message) {
  try {
    port.postMessage(message);
  } catch (cause) {
    throw new LendError('ERR_LEND_TYPE', 'the result cannot be copied from a worker that shares no memory', { cause });
  }
}

/** @param {any} port @param {any} error */
function tell(port, error) {
  const isOurs = error instanceof LendError;
  const more = { code: isOurs ? error.code : undefined, isPoisoned: poison !== null };
  try {
    port.postMessage({ error, properties: isOurs ? {} : { ...Object(error) }, ...more });
  } catch {
    port.postMessage({ error: new Error(String(error?.message ?? error)), properties: {}, ...more });
  }
}
