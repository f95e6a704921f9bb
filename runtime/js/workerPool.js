// @ts-check
// The workers of a pool: their number, their start and their end. What they do is the runners' (threads/pool.js, copyingPool.js).

import { describe, LendError } from './error.js';
import { joinMember } from './workers.js';

const host = /** @type {any} */ (globalThis);

/**
 * @typedef {{ worker: any, thread: any, post: (message: any, transfer?: any[]) => void, job: any }} Member
 * @typedef {{ ready(member: Member): void, heard(member: Member, data: any): void, close(): void, lost(error: unknown): void }} Work
 */

/** @type {{ size: number, idle: number, worker: (() => any) | null }} */
const settings = { size: 0, idle: 10_000, worker: null };

/** The name of the package's main file, without `.js`. Each shim says it. */
export const mainFile = { name: '' };

/** The members that have joined. @type {Set<Member>} */
export const members = new Set();

/** The workers that are on their way. */
let starting = 0;

/** Resolves `close()`. @type {Array<() => void>} */
let closing = [];

/** How the members work: the runner sets it. @type {Work | null} */
let work = null;

/** @param {Work} how */
export const setWork = (how) => void (work = how);

/** What idle members wait for, in milliseconds. */
export const idleTime = () => settings.idle;

export const isClosing = () => closing.length > 0;

function defaultSize() {
  const cores = host.navigator?.hardwareConcurrency ?? host.process?.getBuiltinModule?.('node:os')?.availableParallelism?.();
  return Math.max(1, cores ?? 1);
}

/** The jobs that have not settled. While there are some, the workers keep a program of Node alive. */
export const pending = {
  count: 0,
  began() {
    pending.count += 1;
    if (pending.count === 1) keepAlive();
  },
  ended() {
    pending.count -= 1;
    if (pending.count === 0 && !isClosing()) members.forEach(({ worker }) => worker.unref?.());
  },
};

/** Has Node wait for the workers. */
const keepAlive = () => members.forEach(({ worker }) => worker.ref?.());

/** @param {any} [options] */
export function openPool(options) {
  const what = 'lend.workers()';
  if (options !== undefined && (typeof options !== 'object' || options === null)) {
    throw new LendError('ERR_LEND_TYPE', `${what} takes an object { size, idle, worker }; got ${describe(options)}`);
  }
  const { size = settings.size, idle = settings.idle, worker = settings.worker } = options ?? {};
  if (!Number.isInteger(size) || size < 0 || size > 1024) throw new LendError('ERR_LEND_RANGE', `${what}: \`size\` is a number of workers from 1 to 1024, or 0 for one on each core; got ${describe(size)}`);
  if (typeof idle !== 'number' || !(idle >= 0)) throw new LendError('ERR_LEND_RANGE', `${what}: \`idle\` is a number of milliseconds; got ${describe(idle)}`);
  if (worker !== null && typeof worker !== 'function') throw new LendError('ERR_LEND_TYPE', `${what}: \`worker\` is a function that makes a Worker; got ${describe(worker)}`);
  Object.assign(settings, { size, idle, worker });
  return pool;
}


const pool = Object.freeze({
  /** The most workers that there may be. */
  get size() {
    return settings.size || defaultSize();
  },
  /** The workers that there are. */
  get running() {
    return members.size;
  },
  /** The calls that have not settled. */
  get pending() {
    return pending.count;
  },
  /** Ends the workers when they have nothing left to do. */
  close: () => new Promise((/** @type {(value?: any) => void} */ resolve) => {
    if (members.size + starting === 0) return resolve();
    closing.push(resolve);
    keepAlive();
    work?.close();
  }),
});

/** Starts one more worker, unless there are enough. */
export async function grow() {
  if (members.size + starting >= pool.size) return;
  starting += 1;
  try {
    await add();
  } catch (error) {
    // Those that are there do the work.
    if (members.size + starting === 1) work?.lost(error);
  } finally {
    starting -= 1;
    settleClose();
  }
}

async function add() {
  const worker = await (settings.worker?.() ?? defaultWorker());
  /** @type {Member | undefined} */
  let member;
  const joined = await joinMember(worker, undefined, (data) => member !== undefined && work?.heard(member, data));
  member = { worker, ...joined, job: null };
  members.add(member);
  worker.once?.('exit', () => removed(/** @type {Member} */ (member)));
  if (pending.count === 0) worker.unref?.();
  work?.ready(member);
}

/** Ends a member, which has nothing to do. @param {Member} member */
export async function end(member) {
  if (!members.delete(member)) return;
  starting += 1;
  member.worker.ref?.();
  try {
    await member.thread.leave();
    await member.worker.terminate();
  } finally {
    starting -= 1;
    settleClose();
  }
}

/** Ends a member whose thread has ended already, or must end now. @param {Member} member */
export function drop(member) {
  members.delete(member);
  member.worker.terminate();
  settleClose();
}

/** @param {Member} member */
function removed(member) {
  if (members.delete(member)) work?.heard(member, { gone: true });
  settleClose();
}

function settleClose() {
  if (members.size + starting > 0) return;
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
  const worker = OfNode === undefined ? new host.Worker(url, { type: 'module', name }) : new OfNode(url, { workerData: { lend: name } });
  await new Promise((/** @type {(value?: any) => void} */ resolve, reject) => {
    const onMessage = (/** @type {any} */ message) => {
      if ((message?.data ?? message)?.['wasm-lend: ready'] !== true) return;
      settle();
      worker.on?.('error', () => {});
      resolve();
    };
    const onError = (/** @type {any} */ error) => {
      settle();
      reject(cannotStart(error?.message ?? describe(error), error?.error ?? error));
      // Node ends a program that does not listen. What has failed later, the promises of its calls say.
      worker.on?.('error', () => {});
    };
    const listen = (/** @type {any} */ [on]) => {
      worker[on]?.('message', onMessage);
      worker[on]?.('error', onError);
    };
    const settle = () => listen(OfNode === undefined ? ['removeEventListener'] : ['off']);
    listen(OfNode === undefined ? ['addEventListener'] : ['on']);
  });
  return worker;
}

/** @param {string} why @param {unknown} [cause] */
const cannotStart = (why, cause) => new LendError('ERR_LEND_UNINITIALIZED', `the pool cannot start a worker (${why}): in an app that is bundled, make it by lend.workers({ worker: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }) }), and let worker.js call lend.serve(init)`, { cause });
