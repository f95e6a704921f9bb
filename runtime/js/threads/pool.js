// @ts-check
// Calls of workers over shared memory: threads of the pool take jobs out of a queue in memory, and wait there for more. The words are those of `Pool`
// of `runtime/src/package/job/queue.rs`.

import { heap } from '../heap.js';
import { endOfRun, failAll, POOLED, setRunner } from '../jobs.js';
import { poison, wasm } from '../memory.js';
import { afterTrap } from '../poison.js';
import { drop, end, grow, idleTime, isClosing, members, setWork } from '../workerPool.js';
import { setMember } from '../workers.js';
import { isFirst, isPosted, readLetters, setWake, tellFirst } from './realm.js';

const PULSE = 0;
const IDLE = 1;
const CLOSING = 2;
const WAITING = 3;

/** @type {Int32Array} */
let words = new Int32Array(4);
let at = 0;

/** Called from wasm, at the start of each thread. */
export function startPool() {
  at = wasm.lend_pool() >>> 2;
  words = heap(5);
  if (!isPosted()) return;
  setRunner({ flags: POOLED, copies: () => null, begin });
  setWork(work);
  setWake(wakeAll, needed);
  setMember((data, port) => data.work && runJobs(data.work.idle, port));
}

/** Rust has put a job into the queue. */
function begin() {
  Atomics.notify(words, at + PULSE, 1);
  if (isFirst()) needed();
  else tellFirst();
}

/** Starts a worker if jobs wait for more than there are. */
function needed() {
  if (Atomics.load(words, at + WAITING) > Atomics.load(words, at + IDLE)) grow();
}

/** Has each idle thread look around: for a letter, or the end. */
function wakeAll() {
  Atomics.add(words, at + PULSE, 1);
  Atomics.notify(words, at + PULSE);
}

/** @type {import('../workerPool.js').Work} */
const work = {
  ready(member) {
    if (isClosing() && Atomics.load(words, at + WAITING) === 0) end(member);
    else member.post({ work: { idle: idleTime() } });
  },

  heard(member, data) {
    if (data.hasEnded) drop(member);
    else if (data.gone) return needed();
    else if (Atomics.load(words, at + WAITING) > 0) return work.ready(member);
    else end(member);
    needed();
    if (members.size === 0) Atomics.store(words, at + CLOSING, 0);
  },

  close() {
    Atomics.store(words, at + CLOSING, 1);
    wakeAll();
  },

  lost: failAll,
};

/** Runs in a worker of the pool, until nothing is left to do. @param {number} idle @param {any} port */
function runJobs(idle, port) {
  try {
    for (;;) {
      const seen = Atomics.load(words, at + PULSE);
      while (wasm.lend_pool_run() !== 0) endOfRun();
      readLetters();
      if (Atomics.load(words, at + CLOSING) !== 0) break;
      Atomics.add(words, at + IDLE, 1);
      const why = Atomics.wait(words, at + PULSE, seen, idle);
      Atomics.sub(words, at + IDLE, 1);
      if (why === 'timed-out') break;
    }
  } catch (error) {
    // The caller of a job that has panicked hears that from Rust. An exception of JavaScript ends the job too, and leaves a part of the stack behind.
    afterTrap(error);
    if (poison === null) {
      console.error('wasm-lend: an exception has left a call on a worker:', error);
      wasm.lend_job_left();
    }
    port.postMessage({ hasEnded: true });
    return;
  }
  port.postMessage({ rested: true });
}
