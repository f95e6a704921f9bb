// @ts-check
// Calls of workers where memory cannot be shared. Each worker has the package with a memory of its own. So the elements of buffers are copied there
// and back. Rust of the caller holds the borrows of the job meanwhile, and runs nothing.

import { LendError } from './error.js';
import { copyOfBuffer, receiveCopy, share, whyCopied } from './handover.js';
import { handle } from './handles.js';
import { endJob, onThisThread, runHere, setRunner } from './jobs.js';
import { drops } from './pendingDrops.js';
import { drop, end, grow, idleTime, isClosing, members, setWork } from './workerPool.js';
import { setMember } from './workers.js';

/** @typedef {import('./workerPool.js').Member} Member @typedef {import('./jobs.js').Job} Job */

/** The functions of this package that run on workers, by name. @type {Map<string, Function>} */
const functions = new Map();

/** Called by snippets when the package starts. @param {Record<string, Function>} offered */
export const offerJobs = (offered) => Object.entries(offered).forEach(([name, f]) => functions.set(name, f));

/** What waits for a member. @type {Array<{ id: number, job: Job }>} */
const queue = [];

/** A buffer as its elements. @param {any} value */
const copied = (value) => (handle(value) === 0 ? value : { lend: copyOfBuffer(value) });

/** @param {any} value @returns {any} */
const revived = (value) => (value?.lend?.$lend === 0 ? receiveCopy(value.lend, 'a call of a worker') : value);

let hasSaid = false;

function sayThatItCopies() {
  if (hasSaid) return;
  hasSaid = true;
  console.info(`wasm-lend: calls of workers copy their buffers: ${whyCopied()}`);
}

export const copyingRunner = {
  flags: 0,

  /** Before the call, because it may move some of them. @param {unknown[]} values */
  copies: (values) => values.map(copied),

  /** @param {number} id @param {Job} job */
  begin(id, job) {
    setWork(work);
    sayThatItCopies();
    job.cancel = () => cancel(job);
    queue.push({ id, job });
    dispatch();
  },
};

function dispatch() {
  for (const member of members) {
    if (queue.length === 0) return;
    if (member.job === null) run(member, /** @type {{ id: number, job: Job }} */ (queue.shift()));
  }
  if (queue.length > 0) grow();
}

/** @param {Member} member @param {{ id: number, job: Job }} next */
function run(member, next) {
  const { id, job } = next;
  member.job = next;
  try {
    member.post({ call: /** @type {any} */ (job.about()[1]), values: job.copies, reports: job.onProgress !== undefined });
  } catch {
    // An instance, or another value that only this thread can have.
    member.job = null;
    runHere(id);
    dispatch();
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
    if (data.progress !== undefined) return job?.onProgress?.(data.progress.value);
    member.job = null;
    if (job === undefined) return;
    if (data.gone) endJob(id, job, { error: new LendError('ERR_LEND_PANIC', 'the worker of this call has ended') });
    else if ('error' in data) endJob(id, job, { error: thrown(data) });
    else {
      // Rust holds the exclusive borrows for this call.
      data.written.forEach((/** @type {any} */ elements, /** @type {number} */ index) => elements && handle(job.given[index]) !== 0 && write(job.given[index], elements));
      endJob(id, job, { value: revived(data.value) });
    }
    dispatch();
    if (data.isPoisoned) drop(member);
    else if (member.job === null) rest(member);
  },

  close() {
    for (const member of members) if (member.job === null) end(member);
  },

  // Without workers the calls run here.
  lost(error) {
    console.warn('wasm-lend: calls of workers run on this thread:', error);
    setRunner(onThisThread);
    for (const { id, job } of queue.splice(0)) onThisThread.begin(id, job);
  },
};

/** @param {any} buffer @param {any} elements */
function write(buffer, elements) {
  const { view } = buffer;
  (view.set === undefined ? view.bytes : view).set(elements);
}

/** Ends a member if it has nothing to do for a while. @param {Member} member */
function rest(member) {
  if (isClosing()) return void end(member);
  const timer = setTimeout(() => member.job === null && end(member), idleTime());
  /** @type {any} */ (timer).unref?.();
}

/** @param {any} data */
function thrown({ error, code }) {
  return code === undefined ? error : new LendError(code, error.message, { cause: error });
}

// ===== in the worker =====

setMember(async (data, port) => {
  if (data.call === undefined) return;
  setRunner(onThisThread);
  const values = data.values.map(revived);
  const options = data.reports ? { onProgress: (/** @type {unknown} */ value) => port.postMessage({ progress: { value } }) } : undefined;
  try {
    const f = functions.get(data.call);
    if (f === undefined) throw new LendError('ERR_LEND_TYPE', `this worker's package has no ${data.call}()`);
    const value = await f(...values, options);
    // Of those that the function has not taken.
    const isWritten = (/** @type {any} */ each, /** @type {number} */ index) => handle(each) !== 0 && data.values[index].lend?.mutable;
    const written = values.map((/** @type {any} */ each, /** @type {number} */ index) => (isWritten(each, index) ? copyOfBuffer(each).elements : null));
    port.postMessage({ value: handle(value) === 0 ? value : { lend: share(value) }, written });
  } catch (error) {
    tell(port, error);
  } finally {
    for (const value of values) if (handle(value) !== 0) value.free();
    if (drops.any) drops.run();
  }
});

/** @param {any} port @param {any} error */
function tell(port, error) {
  const { code } = Object(error);
  const isPoisoned = code === 'ERR_LEND_PANIC' || code === 'ERR_LEND_POISONED';
  try {
    port.postMessage({ error, code, isPoisoned });
  } catch {
    port.postMessage({ error: new Error(String(error?.message ?? error)), code, isPoisoned });
  }
}
