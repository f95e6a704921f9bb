// @ts-check
// Calls of workers over shared memory: threads of the pool take jobs out of a queue in memory, and wait there for more. The words are those of `Pool`
// of `runtime/src/package/job/queue.rs`.

import { describe, LendError } from '../error.js';
import { heap } from '../heap.js';
import { endOfRun, failAll, POOLED, setRunner } from '../jobs.js';
import { key, poison, wasm } from '../memory.js';
import { drops } from '../pendingDrops.js';
import { afterTrap, end as endInstance } from '../poison.js';
import { defaultSize, drop, end, grow, idleTime, isClosing, members, pool, setWork, startingMembers } from '../workerPool.js';
import { setMember } from '../workers.js';
import { isFirst, isPosted, leaveOthers, readLetters, setHearing, tell } from './realm.js';

const PULSE = 0;
const CLOSING = 1;
const WAITING = 2;
/** The most members that there may be. */
const SIZE = 3;
/** The first of the words of the members: 1 while that member waits. */
const IDLE = 4;

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
  setHearing({ wake: wakeAll, onJob: needed, onLost: (why) => failAll(new LendError('ERR_LEND_UNINITIALIZED', why)) });
  setMember((data, port) => data.work && runJobs(data.work, port));
  if (isFirst()) work.configured();
}

/** Rust has put a job into the queue. */
const begin = () => wanted(1);

/** Called from wasm, too. @param {number} count How many threads have something to do. */
export function wanted(count) {
  Atomics.notify(words, at + PULSE, count);
  if (isFirst()) needed();
  else tell({ job: true });
}

/** Starts workers if jobs wait for more than there are. */
function needed() {
  let free = startingMembers();
  for (const member of members) if (isIdle(member)) free += 1;
  for (let missing = Math.min(waiting() - free, room()); missing > 0; missing--) grow();
}

/** How many more workers there may be. */
const room = () => pool.size - members.size - startingMembers();

/** @param {import('../workerPool.js').Member} member */
const isIdle = ({ slot }) => Atomics.load(words, at + IDLE + slot) !== 0;

const waiting = () => Atomics.load(words, at + WAITING);

/** Has each idle thread look around: for a letter, or the end. */
function wakeAll() {
  Atomics.add(words, at + PULSE, 1);
  Atomics.notify(words, at + PULSE);
}

/** @type {import('../workerPool.js').Work} */
const work = {
  ready(member) {
    if (isClosing() && waiting() === 0) end(member);
    else member.post({ work: { idle: idleTime(), slot: member.slot, isAlone: defaultSize() === 1 } });
  },

  heard(member, data) {
    if (data.rested) {
      if (waiting() > 0) return work.ready(member);
      end(member);
      return needed();
    }
    // It has ended, by a panic or by somebody. It may have been idle, and its job's caller may have ended too.
    members.delete(member);
    Atomics.store(words, at + IDLE + member.slot, 0);
    if (poison === null) {
      wasm.lend_pool_sweep();
      if (drops.any) drops.run();
      // It may have been woken for a job that it has not taken.
      wanted(1);
    }
    drop(member);
  },

  close() {
    Atomics.store(words, at + CLOSING, 1);
    wakeAll();
  },

  closed: () => void Atomics.store(words, at + CLOSING, 0),

  lost(error) {
    failAll(error);
    // No call of another thread will be run either.
    tell({ lost: String(/** @type {any} */ (error)?.message ?? error) });
  },

  configured: () => void Atomics.store(words, at + SIZE, pool.size),

  isIdle,
};

/** How long a thread without a job looks for the next one before it sleeps, in milliseconds. To wake it takes about as long. */
const AWAKE = 0.05;

/** Returns when the pulse has changed, or after a short time. @param {number} seen */
function stayAwake(seen) {
  const end = performance.now() + AWAKE;
  do for (let i = 0; i < 50; i++) if (Atomics.load(words, at + PULSE) !== seen) return;
  while (performance.now() < end);
}

/**
 * Runs in a worker of the pool, until nothing is left to do.
 * @param {{ idle: number, slot: number, isAlone: boolean }} how `isAlone`: there is one core, so nobody else runs while this thread looks around.
 * @param {any} port
 */
function runJobs({ idle, slot, isAlone }, port) {
  try {
    for (;;) {
      const seen = Atomics.load(words, at + PULSE);
      while (wasm.lend_pool_run() !== 0) endOfRun();
      readLetters();
      // Jobs that wait for the end of one that is shared are still to be run.
      if (Atomics.load(words, at + CLOSING) !== 0 && waiting() === 0) break;
      Atomics.store(words, at + IDLE + slot, 1);
      if (!isAlone) stayAwake(seen);
      const why = Atomics.wait(words, at + PULSE, seen, idle);
      Atomics.store(words, at + IDLE + slot, 0);
      if (why === 'timed-out') break;
    }
  } catch (error) {
    // The caller of a job that has panicked hears that from Rust. An exception of JavaScript ends the job too, and leaves a part of the stack behind.
    afterTrap(error);
    if (poison === null) {
      console.error('wasm-lend: an exception has left a call on a worker:', error);
      if (wasm.lend_job_left(key) === 0) {
        leaveOthers();
        endInstance(`an exception of JavaScript: ${/** @type {any} */ (error)?.message ?? describe(error)}`, error);
      }
    }
    port.postMessage({ hasEnded: true });
    return;
  }
  port.postMessage({ rested: true });
}
