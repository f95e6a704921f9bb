// @ts-check
// The workers of a pool: their number, their start and their end. What they do is the runners' (threads/pool.js, copyingPool.js).

import { describe, LendError } from './error.js';
import { poison, whenReplaced } from './memory.js';
import { joinMember } from './workers.js';

const host = /** @type {any} */ (globalThis);

/**
 * `slot` is a number that no other member has. `gone` resolves when the worker has ended, where the host says so.
 * @typedef {{ worker: any, thread: any, post: (message: any, transfer?: any[]) => void, slot: number, gone: Promise<void>, job: any, timer: any }} Member
 * @typedef {{ ready(member: Member): void, heard(member: Member, data: any): void, close(): void, closed(): void, lost(error: unknown): void, configured(): void, isIdle(member: Member): boolean }} Work
 */

/** The most workers that a pool may have: as many words as `Pool` of `runtime/src/package/job/queue.rs` has for them. */
const MOST = 256;

/** @type {{ size: number, idle: number, queue: number, worker: (() => any) | null }} */
const settings = { size: 0, idle: 10_000, queue: 64, worker: null };

/** The name of the package's main file, without `.js`. Each snippet says it when it starts. */
export const mainFile = { name: '' };

/** The members that have joined. @type {Set<Member>} */
export const members = new Set();

/** The workers that are on their way, and those that leave. */
let starting = 0;
let ending = 0;

/** How often another instance has taken over. What began before that does not count any more. */
let age = 0;

/** Resolves `close()`. @type {Array<() => void>} */
let closing = [];

/** How the members work: the runner sets it. @type {Work | null} */
let work = null;

/** How many workers are on their way. */
export const startingMembers = () => starting;

/** @param {Work} how */
export const setWork = (how) => void (work = how);

/** What idle members wait for, in milliseconds. */
export const idleTime = () => settings.idle;

export const isClosing = () => closing.length > 0;

/** Runs when another instance takes over. The workers have the memory of the one before. */
function reset() {
  age += 1;
  starting = ending = 0;
  for (const { worker } of members) worker.terminate();
  members.clear();
  settleClose();
  pending.forget();
}

export function defaultSize() {
  const cores = host.navigator?.hardwareConcurrency ?? host.process?.getBuiltinModule?.('node:os')?.availableParallelism?.();
  return Math.min(MOST, Math.max(1, cores ?? 1));
}

/** The jobs that have not settled. While there are some, the workers keep a program of Node alive. */
export const pending = {
  count: 0,
  began() {
    pending.count += 1;
    entering = Math.max(0, entering - 1);
    if (pending.count === 1) keepAlive();
  },
  ended() {
    pending.count -= 1;
    letIn();
    if (pending.count === 0 && !isClosing()) members.forEach(({ worker }) => worker.unref?.());
  },
  /** Another instance has taken over, and these calls are not its own. */
  forget() {
    pending.count = 0;
    letIn();
  },
};

/** Those who wait until there is room for another call. @type {Array<() => void>} */
const waitForRoom = [];

/** How many were let in just now, and have not called yet. Some of them may call nothing, so it counts for one turn of the loop only. */
let entering = 0;
let willForget = false;

/** How many more calls there may be, besides those that run and those that wait. */
const room = () => pool.size + settings.queue - pending.count - entering;

/** Lets in as many of those who wait as there is room for. */
function letIn() {
  for (; waitForRoom.length > 0 && room() > 0; entering++) waitForRoom.shift()?.();
  if (entering === 0 || willForget) return;
  willForget = true;
  setTimeout(() => {
    entering = 0;
    willForget = false;
    letIn();
  }, 0);
}

/** Has Node wait for the workers. */
const keepAlive = () => members.forEach(({ worker }) => worker.ref?.());

/** @param {any} [options] */
export function openPool(options) {
  const what = 'lend.workers()';
  if (options !== undefined && (typeof options !== 'object' || options === null)) {
    throw new LendError('ERR_LEND_TYPE', `${what} takes an object { size, idle, queue, worker }; got ${describe(options)}`);
  }
  const { size = settings.size, idle = settings.idle, queue = settings.queue, worker = settings.worker } = options ?? {};
  if (!Number.isInteger(size) || size < 0 || size > MOST) throw new LendError('ERR_LEND_RANGE', `${what}: \`size\` is a number of workers from 1 to ${MOST}, or 0 for one on each core; got ${describe(size)}`);
  if (typeof idle !== 'number' || !(idle >= 0)) throw new LendError('ERR_LEND_RANGE', `${what}: \`idle\` is a number of milliseconds; got ${describe(idle)}`);
  if (typeof queue !== 'number' || !(queue >= 0)) throw new LendError('ERR_LEND_RANGE', `${what}: \`queue\` is a number of calls; got ${describe(queue)}`);
  if (worker !== null && typeof worker !== 'function') throw new LendError('ERR_LEND_TYPE', `${what}: \`worker\` is a function that makes a Worker; got ${describe(worker)}`);
  Object.assign(settings, { size, idle, queue, worker });
  if (options !== undefined) work?.configured();
  letIn();
  return pool;
}

export const pool = Object.freeze({
  /** The most workers that there may be. */
  get size() {
    return settings.size || defaultSize();
  },
  /** The workers that there are. */
  get running() {
    return members.size;
  },
  /** Those of them that wait for a call. */
  get idle() {
    let count = 0;
    for (const member of members) if (work?.isIdle(member)) count += 1;
    return count;
  },
  /** The calls that have not settled. */
  get pending() {
    return pending.count;
  },
  /** Waits until fewer than `queue` calls wait for a worker. Whoever makes many calls awaits it before each. */
  room: () => new Promise((/** @type {(value?: any) => void} */ resolve) => {
    waitForRoom.push(resolve);
    letIn();
  }),
  /** Ends the workers when they have nothing left to do. */
  close: () => new Promise((/** @type {(value?: any) => void} */ resolve) => {
    closing.push(resolve);
    keepAlive();
    // Nothing can be asked of the workers of an instance that has ended.
    if (poison !== null) for (const member of members) drop(member);
    else work?.close();
    settleClose();
  }),
});

/** Starts one more worker, unless there are enough. */
export async function grow() {
  if (members.size + starting >= pool.size) return;
  whenReplaced(reset);
  const mine = age;
  starting += 1;
  try {
    await add(mine);
  } catch (error) {
    // Those that are there do the work.
    if (mine === age && members.size + starting === 1) work?.lost(error);
  } finally {
    if (mine === age) {
      starting -= 1;
      settleClose();
    }
  }
}

/** @param {number} mine */
async function add(mine) {
  const worker = await (settings.worker?.() ?? defaultWorker());
  /** @type {Member | undefined} */
  let member;
  let joined;
  try {
    joined = await joinMember(worker, undefined, (data) => member !== undefined && members.has(member) && work?.heard(member, data));
    if (mine !== age) throw new Error('the package was started again');
  } catch (error) {
    worker.terminate?.();
    throw error;
  }
  const gone = new Promise((/** @type {(value?: any) => void} */ resolve) => worker.once?.('exit', resolve));
  const taken = new Set([...members].map(({ slot }) => slot));
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  const made = { worker, ...joined, slot, gone, job: null, timer: undefined };
  member = made;
  members.add(made);
  gone.then(() => removed(made));
  if (pending.count === 0) worker.unref?.();
  work?.ready(made);
}

/** How long a worker may take to leave. One that has nothing to do takes a millisecond; one that a page has ended never answers. */
const LEAVING = 5_000;

/** Ends a member, which has nothing to do. @param {Member} member */
export async function end(member) {
  if (!members.delete(member)) return;
  const mine = age;
  ending += 1;
  member.worker.ref?.();
  const late = new Promise((resolve) => void /** @type {any} */ (setTimeout(resolve, LEAVING)).unref?.());
  try {
    await Promise.race([member.thread.leave(), member.gone, late]);
    await member.worker.terminate();
  } finally {
    if (mine === age) {
      ending -= 1;
      settleClose();
    }
  }
}

/** Ends a member whose thread has ended already, or must end now. @param {Member} member */
export function drop(member) {
  members.delete(member);
  member.worker.terminate();
  settleClose();
}

/** The worker of a member has ended by itself. @param {Member} member */
function removed(member) {
  if (members.has(member)) {
    work?.heard(member, { gone: true });
    members.delete(member);
  }
  settleClose();
}

function settleClose() {
  if (closing.length === 0 || members.size + starting + ending > 0) return;
  work?.closed();
  for (const resolve of closing.splice(0)) resolve();
}

/** A worker of the package itself. Bundlers cannot follow it, so there the user says how to make one. */
async function defaultWorker() {
  const { name } = mainFile;
  // Not `new Worker(new URL('…', import.meta.url))`: bundlers would make a second copy of the package for an app that has its own worker.
  const script = './poolWorker.js';
  const url = new URL(script, import.meta.url);
  const { Worker: OfNode } = (host.Deno === undefined && host.process?.getBuiltinModule?.('node:worker_threads')) || {};
  if (OfNode === undefined && typeof host.Worker !== 'function') throw cannotStart('there are no workers here');
  /** @type {any} */
  let worker;
  try {
    worker = OfNode === undefined ? new host.Worker(url, { type: 'module', name }) : new OfNode(url, { workerData: { lend: name } });
  } catch (error) {
    throw cannotStart(/** @type {any} */ (error)?.message ?? describe(error), error);
  }
  const [on, off] = OfNode === undefined ? ['addEventListener', 'removeEventListener'] : ['on', 'off'];
  await new Promise((/** @type {(value?: any) => void} */ resolve, reject) => {
    const onMessage = (/** @type {any} */ message) => {
      if ((message?.data ?? message)?.['wasm-lend: ready'] !== true) return;
      worker[off]('message', onMessage);
      resolve();
    };
    worker[on]('message', onMessage);
    // It stays: Node ends a program that does not listen. What fails later, the promises of the calls say.
    worker[on]('error', (/** @type {any} */ error) => reject(cannotStart(error?.message ?? describe(error), error?.error ?? error)));
  });
  return worker;
}

/** @param {string} why @param {unknown} [cause] */
const cannotStart = (why, cause) => new LendError('ERR_LEND_UNINITIALIZED', `the pool cannot start a worker (${why}): in an app that is bundled, make it by lend.workers({ worker: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }) }), and let worker.js call lend.serve(init)`, { cause });
