// @ts-check
// `lend.join(worker)` and `lend.serve(init)`: a worker starts this package, over the same memory where that can be shared.

import { describe, LendError } from './error.js';
import { leaveItUnsaid } from './handover.js';
import { isStarted, poison } from './memory.js';

/** The exports of the package in this worker, while it starts over shared memory. @type {object | null} */
export let joining = null;

/** In the message that a worker is asked to join by. */
const JOIN = 'wasm-lend: join';

/** From a worker to its first thread: a letter waits. A number, because a message costs more with each property. */
export const LETTER = 1;

/** The stack of a thread that joins, unless `join` is told another size. Wasm allocates all of it. */
const STACK = 1 << 20;

/**
 * What threads/realm.js has, over shared memory.
 * @type {{ offer(): object, join(offer: any, exports: any, port: any): any, joined(worker: any, thread: any, stackSize: number): void, leave(): void, readLetters(): void } | null}
 */
let realm = null;

/** @param {typeof realm} functions */
export const setRealm = (functions) => void (realm = functions);

/** @type {WeakSet<object>} */
const joinedWorkers = new WeakSet();

/** @param {any} worker @param {{ stackSize?: number }} [options] */
export const join = (worker, options) => joinMember(worker, options).then(({ thread }) => thread);

/** What a worker does for its first thread, besides what is here. Set by jobs.js. @type {((data: any, port: any) => void) | null} */
let member = null;

/** @param {typeof member} f */
export const setMember = (f) => void (member = f);

/**
 * @param {any} worker @param {{ stackSize?: number }} [options]
 * @param {(data: any) => void} [hear] What the worker tells later.
 * @returns {Promise<{ thread: any, post: (message: any, transfer?: any[]) => void }>}
 */
export function joinMember(worker, options, hear) {
  const what = 'lend.join()';
  const stackSize = options?.stackSize ?? STACK;
  if (poison !== null) throw new LendError('ERR_LEND_POISONED', `${what}: this instance cannot be used any more, since ${poison.message}`, { cause: poison });
  if (!isStarted()) throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  if (typeof worker?.postMessage !== 'function') throw new LendError('ERR_LEND_TYPE', `${what} takes a Worker; got ${describe(worker)}`);
  if (!Number.isInteger(stackSize) || stackSize <= 0 || stackSize % 65536 !== 0) {
    throw new LendError('ERR_LEND_RANGE', `${what}: \`stackSize\` is a multiple of 65536 bytes; got ${describe(stackSize)}`);
  }
  if (joinedWorkers.has(worker)) throw new LendError('ERR_LEND_TYPE', `${what}: this worker was asked to join before`);
  // In Node, a worker that has ended.
  if (worker.threadId === -1) throw new LendError('ERR_LEND_TYPE', `${what}: this worker has ended`);
  const offer = realm === null ? null : realm.offer();
  joinedWorkers.add(worker);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    /** @type {Array<() => void>} */
    const waiting = [];
    const onError = (/** @type {any} */ event) => failed(`the worker has failed: ${event?.message ?? describe(event)}`, event?.error ?? event);
    const onExit = () => failed('the worker has ended');
    // The errors of the worker are the user's again when it has joined.
    const settle = () => {
      worker.removeEventListener?.('error', onError);
      worker.off?.('error', onError);
      worker.off?.('exit', onExit);
    };
    const failed = (/** @type {string} */ why, /** @type {unknown} */ cause = undefined) => {
      settle();
      reject(new LendError('ERR_LEND_UNINITIALIZED', `${what}: ${why}`, { cause }));
    };
    port1.onmessage = ({ data }) => {
      if (data === LETTER) return realm?.readLetters();
      if (data.failed !== undefined) return failed(`the worker could not start the package: ${data.failed}`);
      if (data.left) return waiting.splice(0).forEach((done) => done());
      if (!('thread' in data)) return hear?.(data);
      settle();
      realm?.joined(worker, data.thread, stackSize);
      const thread = Object.freeze({
        number: data.thread?.number ?? 0,
        isShared: data.thread !== undefined,
        /** @returns {Promise<void>} */
        leave: () => new Promise((done) => {
          waiting.push(done);
          port1.postMessage({ leave: true });
        }),
      });
      resolve({ thread, post: (message, transfer = []) => port1.postMessage(message, transfer) });
    };
    // A worker whose script fails answers nothing.
    worker.addEventListener?.('error', onError);
    worker.once?.('error', onError);
    worker.once?.('exit', onExit);
    /** @type {any} */ (port1).unref?.();
    worker.postMessage({ [JOIN]: true, stackSize, offer, port: port2, stays: hear !== undefined }, [port2]);
  });
}

/** Where messages for this worker arrive. @returns {any[]} */
function inboxes() {
  const { process, Bun, Deno } = /** @type {any} */ (globalThis);
  const isNode = process?.release?.name === 'node' && Deno === undefined;
  const port = isNode ? process.getBuiltinModule?.('node:worker_threads')?.parentPort : globalThis;
  if (port == null || typeof port.addEventListener !== 'function' || typeof (/** @type {any} */ (globalThis).Window) === 'function') {
    throw new LendError('ERR_LEND_TYPE', 'lend.serve() is for workers: on this thread call lend.join(worker)');
  }
  // Bun has workers of both kinds. What is posted to one of node:worker_threads arrives at its port alone, and all else at both.
  return Bun === undefined ? [port] : [globalThis, port];
}

/** @param {any} init The function that starts the package: its default export, or `initSync`. @returns {Promise<void>} */
export function serve(init) {
  if (typeof init !== 'function') throw new LendError('ERR_LEND_TYPE', `lend.serve() takes the function that starts the package: its default export, or initSync; got ${describe(init)}`);
  const all = inboxes();
  return new Promise((resolve, reject) => {
    const onMessage = (/** @type {any} */ event) => {
      const { data } = event;
      if (data?.[JOIN] !== true || data.port === undefined) return;
      for (const inbox of all) inbox.removeEventListener('message', onMessage);
      event.stopImmediatePropagation();
      start(init, data).then(resolve, reject);
    };
    for (const inbox of all) {
      inbox.addEventListener('message', onMessage);
      inbox.start?.();
    }
  });
}

/** @param {any} init @param {{ offer: any, port: any, stackSize: number, stays: boolean }} data */
async function start(init, { offer, port, stackSize, stays }) {
  let thread;
  try {
    const options = offer === null ? undefined : { ...offer, module_or_path: offer.module, thread_stack_size: stackSize };
    if (isStarted() && offer?.memory !== undefined) throw new Error('this worker has started the package already, over a memory of its own');
    // The package for Node starts by itself, unless it has threads.
    const exports = isStarted() ? undefined : await init(options);
    // wasm-bindgen runs start functions on the first thread of a memory only.
    if (offer?.memory !== undefined) {
      joining = exports;
      for (const name of Object.keys(exports)) if (name.startsWith('__lend_start')) exports[name]();
    }
    thread = await realm?.join(offer, exports, port);
    if (thread === undefined) leaveItUnsaid();
  } catch (cause) {
    const error = /** @type {any} */ (cause);
    port.postMessage({ failed: String(error?.message ?? error) });
    throw cause;
  }
  port.onmessage = (/** @type {any} */ { data }) => {
    if (data.leave !== true) return member?.(data, port);
    try {
      realm?.leave();
    } finally {
      port.postMessage({ left: true });
    }
  };
  // A member of a pool waits for messages. Any other worker ends in Node when its own script has nothing to do.
  if (!stays) port.unref?.();
  port.postMessage({ thread });
}
