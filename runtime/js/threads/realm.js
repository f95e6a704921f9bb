// @ts-check
// This thread among the others. Words in memory are shared with the Rust half: `Thread` and `Memory` of `runtime/src/threads/realms/thread.rs`.

import { reportLeak, setThreads } from '../accounting.js';
import { LendError } from '../error.js';
import { borrowed, foreign, setParcels } from '../handover.js';
import { heap } from '../heap.js';
import { randomNumber } from '../host.js';
import { instance, key, poison, returned, setPoison, wasm, whenReplaced } from '../memory.js';
import { drops } from '../pendingDrops.js';
import { deadExports, end, retire, setOthersHear } from '../poison.js';
import { setLastWill } from '../refusal.js';
import { callPending, released } from '../release.js';
import { countAt } from './inside.js';
import { module, setProbe } from './memory.js';
import { LETTER, setRealm } from '../workers.js';

// Words of `Thread`, in this order.
const NUMBER = 0;
const INSIDE = 1;
const MEMORY = 2;
const PROBE = 3;
// Words of `Memory`.
const TRAPPED = 1;
const NAME = 2;
const REASON_LENGTH = 3;
const REASON = 4;
/** In units of UTF-16. */
const LONGEST_REASON = 256;

/** A view of all memory, as it was at the start of this thread. Its words stay where they are. @type {Int32Array} */
let words = new Int32Array(4);
/** The indices of `Thread` and `Memory` in it. */
let thread = 0;
let memory = 0;

/** The functions of wasm, also after the end of this thread. @type {any} */
let functions;

const number = () => words[thread + NUMBER];
export const isFirst = () => number() === 1;
const nameOfMemory = () => words[memory + NAME] >>> 0;

/** Called from wasm, at the start of each thread. */
export function start() {
  functions = wasm;
  whenReplaced(reset);
  const address = wasm.lend_thread(randomNumber()) >>> 0;
  words = heap(5);
  thread = address >>> 2;
  memory = words[thread + MEMORY] >>> 2;
  setProbe(address + 4 * PROBE);
  countAt(words, thread + INSIDE, memory + TRAPPED, hearOfTrap);
  setThreads(() => ({ thread: number(), held: countHeld() }));
  setOthersHear(tellOfEnd);
  setLastWill(giveBackBorrows);
  setRealm({ offer, join, joined, leave, readLetters: readIfAlive });
  const why = whyNotPosted();
  if (why === undefined) setParcels({ send, receive, revoke });
  else setParcels(null, why);
}

/** Runs when another instance takes over, with another memory. The workers of this one are its own no more. */
function reset() {
  channel?.close();
  channel = null;
  hasLeft = false;
  toFirst = null;
  leavesOthers = false;
  age += 1;
}

/** How often another instance has taken over. */
let age = 0;

/**
 * What pool.js does: `wake` has its idle threads look for letters and traps, since they hear no messages. On the first thread `onJob` hears that
 * another thread has put a job into the queue, and on the others `onLost` hears that the pool cannot start.
 */
let pool = { wake() {}, onJob() {}, onLost(/** @type {string} */ _why) {} };

/** @param {typeof pool} functions */
export const setHearing = (functions) => void (pool = functions);

/** Tells the other threads. @param {object} message */
export const tell = (message) => channel?.postMessage(message);

/** True if shared memory can be posted to workers. */
export const isPosted = () => whyNotPosted() === undefined;

/** Why shared memory cannot be posted to a worker here. Every page has it. */
function whyNotPosted() {
  if (globalThis.crossOriginIsolated === false) {
    return 'the page is not cross-origin isolated (send the headers `Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`)';
  }
  // WebKitGTK isolates pages, and posts no shared memory.
  return typeof SharedArrayBuffer === 'function' ? undefined : 'this browser has no SharedArrayBuffer';
}

/** @param {number} handle @param {string} what */
function send(handle, what) {
  const $lend = wasm.lend_share(handle) >>> 0;
  const more = heap(4)[returned];
  if ($lend === 0) throw notSent(more, what);
  return { token: { $lend, generation: more, memory: nameOfMemory() }, isMoved: heap(4)[returned + 1] !== 0 };
}

/** @param {number} reason `NotShared` of `runtime/src/threads/realms/parcels.rs`. @param {string} what */
function notSent(reason, what) {
  if (reason === 1) return borrowed(what);
  if (reason === 2) return new LendError('ERR_LEND_TYPE', `${what}: the buffer lies in an instance, which stays on its thread; share a copy`);
  return reason === 3
    ? new LendError('ERR_LEND_OOM', `${what}: no memory for the token`)
    : new LendError('ERR_LEND_MOVED', `${what}: the buffer was moved into Rust, or frozen`);
}

/** @param {any} token @param {string} what */
function ours(token, what) {
  if (token.memory !== nameOfMemory()) throw foreign(what);
}

/** @param {any} token */
function receive(token) {
  ours(token, 'lend.receive()');
  return wasm.lend_receive(token.$lend, token.generation) >>> 0;
}

/** @param {any} token */
function revoke(token) {
  ours(token, 'lend.revoke()');
  return wasm.lend_revoke(token.$lend, token.generation) !== 0;
}

/** Between the threads of this memory. Made when there is more than one. @type {BroadcastChannel | null} */
let channel = null;

/** Deno's global one has no `unref()`, and would keep a program alive that has nothing to do any more. @returns {typeof BroadcastChannel} */
function channelClass() {
  const { Deno, process } = /** @type {any} */ (globalThis);
  return (Deno && process?.getBuiltinModule?.('node:worker_threads')?.BroadcastChannel) || BroadcastChannel;
}

function openChannel() {
  if (channel !== null) return;
  channel = new (channelClass())(`wasm-lend ${nameOfMemory()}`);
  channel.onmessage = ({ data }) => {
    // Anybody of this origin may post there. What counts is in memory.
    if (poison !== null) return;
    endIfTrapped();
    if (poison !== null) return;
    if (data?.letterFor === number()) readLetters();
    if (data?.job === true && isFirst()) pool.onJob();
    if (typeof data?.lost === 'string' && !isFirst()) pool.onLost(data.lost);
  };
  /** @type {any} */ (channel).unref?.();
}

/** Called from wasm: a letter waits for another thread. @param {number} thread */
export function letterFor(thread) {
  // The port costs least. No engine is slow with it, as one is with the channel.
  if (thread === 1 && toFirst !== null) return toFirst.postMessage(LETTER);
  channel?.postMessage({ letterFor: thread >>> 0 });
  pool.wake();
}

/** To the first thread. Null there. @type {any} */
let toFirst = null;

function readIfAlive() {
  if (poison !== null) return;
  endIfTrapped();
  if (poison === null) readLetters();
}

export function readLetters() {
  for (let token; (token = wasm.lend_letter() >>> 0) !== 0; ) released(token);
  if (drops.any) drops.run();
  callPending();
}

/** True if other threads run the call that this one is about to leave. */
let leavesOthers = false;

/** Called from wasm before a panic. Those that run the same call wait for this thread, and use what the call has borrowed. */
export const leaveOthers = () => void (leavesOthers = true);

/** This thread has ended. After a trap no thread goes on: it may have held a lock. @param {boolean} isTrap @param {string} reason */
function tellOfEnd(isTrap, reason) {
  if (leavesOthers) noteTrap(number(), `has left a call that other threads run, too, and they may still use what it has borrowed: ${reason}`);
  else if (isTrap) noteTrap(number(), 'has trapped, and may have held any lock');
}

/** Writes down for all threads that none may go on. @param {number} gone The thread because of which. @param {string} reason */
function noteTrap(gone, reason) {
  if (Atomics.load(words, memory + TRAPPED) === 0) {
    const length = Math.min(reason.length, LONGEST_REASON);
    unitsOfReason(length).forEach((_, index, units) => void (units[index] = reason.charCodeAt(index)));
    Atomics.store(words, memory + REASON_LENGTH, length);
    Atomics.store(words, memory + TRAPPED, gone);
    channel?.postMessage({ trapped: gone });
  }
  pool.wake();
}

/** Not UTF-8: a host may have no codecs for that, and engines refuse to use them on shared memory. @param {number} length */
const unitsOfReason = (length) => new Uint16Array(words.buffer, 4 * (memory + REASON), length);

function endIfTrapped() {
  const trapped = Atomics.load(words, memory + TRAPPED);
  if (trapped === 0 || poison !== null) return trapped !== 0;
  const reason = String.fromCharCode(...unitsOfReason(Atomics.load(words, memory + REASON_LENGTH)));
  end(`thread ${trapped} of this memory ${reason}`);
  return true;
}

/** Ends this thread if another has trapped. Throws what the call throws that finds out. */
function hearOfTrap() {
  if (!endIfTrapped()) return;
  // The message of all calls after the end.
  /** @type {any} */ (deadExports(/** @type {LendError} */ (poison))).call();
}

/** This thread has panicked. No lock is held, and other threads may use the buffers of the call that it was in. @param {() => void} giveBack */
function giveBackBorrows(giveBack) {
  if (Atomics.load(words, memory + TRAPPED) !== 0) return;
  const error = /** @type {LendError} */ (poison);
  setPoison(error, functions);
  try {
    giveBack();
  } finally {
    setPoison(error, deadExports(error));
  }
}

/** What a worker needs to join. */
function offer() {
  if (!isFirst()) throw new LendError('ERR_LEND_TYPE', 'lend.join(): only the first thread of a memory joins workers');
  openChannel();
  return whyNotPosted() === undefined ? { module, memory: wasm.memory } : { module };
}

/**
 * Runs in a worker that has started the package.
 * @param {any} offered @param {any} exports @param {any} port To the first thread.
 * @returns {Promise<Joined | undefined>} What the first thread has to know of this one. Undefined if this one has its own memory.
 */
async function join(offered, exports, port) {
  if (offered?.memory === undefined) return undefined;
  toFirst = port;
  openChannel();
  hearOfTrap();
  const { locks } = /** @type {any} */ (globalThis.navigator ?? {});
  const lock = locks === undefined ? undefined : `wasm-lend ${number()} ${randomNumber()}`;
  if (lock !== undefined) await held(locks, lock);
  return { number: number(), words: thread, tls: exports.__tls_base?.value, stack: exports.__stack_alloc?.value, lock };
}

/** Holds a lock for as long as this worker lives. @param {any} locks @param {string} name */
const held = (locks, name) => new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
  locks.request(name, () => {
    resolve();
    return new Promise(() => {});
  }).catch(reject);
});

/** @typedef {{ number: number, words: number, tls: number, stack: number, lock?: string }} Joined */

let hasLeft = false;

/**
 * Runs in a worker: gives back what its thread holds. The package cannot be used there any more. Functions of `#[wasm_bindgen]` can still be called, so
 * the first thread frees the stack and the thread-locals when the worker has ended.
 */
function leave() {
  if (hasLeft || poison !== null) return;
  hasLeft = true;
  wasm.lend_leave(key);
  try {
    if (drops.any) drops.run();
  } finally {
    retire(new LendError('ERR_LEND_INSTANCE', 'this thread has left the package'));
    channel?.close();
  }
}

/**
 * Runs when a worker has joined.
 * @param {any} worker @param {Joined | undefined} joined @param {number} stackSize
 */
function joined(worker, joined, stackSize) {
  if (joined === undefined) return;
  const then = age;
  // Of another memory, if the package was started again since.
  const ended = () => void (age === then && workerEnded(joined, stackSize));
  // Node says when a worker has ended. In a browser the worker's lock becomes free.
  if (typeof worker.once === 'function') worker.once('exit', ended);
  else if (joined.lock !== undefined) /** @type {any} */ (navigator).locks.request(joined.lock, ended);
}

/** @param {Joined} joined @param {number} stackSize */
function workerEnded({ number: gone, words: at, tls, stack }, stackSize) {
  // Not `heap`, which a thread that has panicked cannot use. And newer than `words`: that thread's memory was allocated later.
  if (Atomics.load(new Int32Array(functions.memory.buffer), at + INSIDE) !== 0) {
    noteTrap(gone, 'has ended inside of a call, and may have held any lock');
    if (poison === null) end(`the worker of thread ${gone} ended inside of a call, and may have held any lock`, new Error('the worker was terminated'));
    return;
  }
  // After a panic of this thread nothing is reclaimed: this thread makes no more calls.
  if (poison !== null) return;
  for (let handle = 0; (handle = wasm.lend_held(gone, handle) >>> 0) !== 0; ) reportLeak(handle);
  wasm.lend_reclaim(gone, key);
  if (tls !== undefined && stack !== undefined) instance.__wbindgen_thread_destroy(tls, stack, stackSize);
  if (drops.any) drops.run();
}

/** How many handles the JavaScript of this thread holds. */
function countHeld() {
  let count = 0;
  for (let handle = 0; (handle = wasm.lend_held(number(), handle) >>> 0) !== 0; ) count += 1;
  return count;
}
