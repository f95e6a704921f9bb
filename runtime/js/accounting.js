// @ts-check
// `lend.stats`, `lend.leaks`, `lend.onLeak` and `lend.setLimit`; and the registry that frees buffers and instances that were dropped without
// `free()`.

import { counts } from './copies.js';
import { className, elementName, kindOf } from './displayNames.js';
import { describe, LendError } from './error.js';
import { collector } from './host.js';
import { hasChecks, poison, viewsMade, wasm, whenReplaced } from './memory.js';
import { liveObjects } from './objects.js';
import { drops, report, reportThrown } from './pendingDrops.js';

/** In builds with checks. Key: a handle. Value: the stack that has made the buffer or instance. @type {Map<number, string>} */
const stacks = new Map();

/** @param {number} handle Of a new buffer or instance. */
export function rememberStack(handle) {
  if (!hasChecks) return;
  const lines = (new Error().stack ?? '').split('\n');
  // Without V8's title, and without the frames of this runtime.
  whenReplaced(reset);
  stacks.set(handle, lines.filter((line) => line !== 'Error' && !line.includes('/snippets/wasm-lend-')).join('\n'));
}

/** @param {number} handle Of a buffer or instance that has ended. */
export const forgetStack = (handle) => void (hasChecks && stacks.delete(handle));

/** @param {number} handle */
function describeHandle(handle) {
  const tag = wasm.lend_tag(handle) >>> 0;
  const name = className(tag);
  return {
    kind: name ?? kindOf(tag),
    type: name ?? elementName(tag),
    length: name === undefined ? wasm.lend_length(handle) >>> 0 : 0,
    holders: wasm.lend_holders(handle) >>> 0,
    stack: stacks.get(handle),
  };
}

export function leaks() {
  const found = [];
  for (let handle = (wasm.lend_handle_after?.(0) ?? 0) >>> 0; handle !== 0; handle = wasm.lend_handle_after(handle) >>> 0) {
    found.push(describeHandle(handle));
  }
  return found;
}

/** @type {((leak: object) => void) | null} */
let leakListener = null;

/** @param {any} listener */
export function onLeak(listener) {
  if (listener !== null && typeof listener !== 'function') {
    throw new LendError('ERR_LEND_TYPE', `lend.onLeak() takes a function, or null; got ${describe(listener)}`);
  }
  leakListener = listener;
}

/**
 * What the registry has of a buffer or instance. Whoever ends that sets its handle to 0, because another may get the handle then. To unregister it
 * would need a token, and with tokens a registration takes three times as long.
 * @typedef {{ handle: number }} Held
 */

/** The registry of the instance that runs now. @type {FinalizationRegistry<Held> | null} */
let registry = null;

/** Frees a handle when its buffer or instance is collected. @param {object} owner @param {number} handle @returns {Held} */
export function register(owner, handle) {
  if (registry === null) {
    const mine = collector((/** @type {Held} */ { handle }) => {
      // Handles of an earlier instance mean nothing in this one, which the listener of leaks may have started.
      const isOurs = () => poison === null && handle !== 0 && registry === mine;
      if (isOurs()) reportLeak(handle);
      if (isOurs()) freeCollected(handle);
    });
    registry = mine;
    whenReplaced(reset);
  }
  const held = { handle };
  registry.register(owner, held);
  return held;
}

function reset() {
  registry = null;
  stacks.clear();
  limit = Infinity;
  modules = null;
}

/**
 * Frees what was collected without `free()`. Nothing may be thrown here: nobody could catch it, and Node exits when a finalizer throws. So what a
 * `Drop` or the listener throws is reported.
 * @param {number} handle
 */
function freeCollected(handle) {
  forgetStack(handle);
  try {
    wasm.lend_free(handle);
  } catch (error) {
    // The instance may have ended just now, because another thread has trapped.
    if (poison === null) reportThrown(error);
  }
  if (drops.any) drops.run();
}

/** Tells the listener what was not freed. @param {number} handle */
export function reportLeak(handle) {
  try {
    leakListener?.(describeHandle(handle));
  } catch (error) {
    report(error);
  }
}

/** Set in builds with shared memory: what is this thread's. @type {(() => object) | null} */
let threads = null;

/** @param {() => object} f */
export const setThreads = (f) => void (threads = f);

/** @param {any} bytes */
export function setLimit(bytes) {
  const isLimit = bytes === Infinity || (Number.isInteger(bytes) && bytes >= 0);
  if (!isLimit) throw new LendError('ERR_LEND_TYPE', `lend.setLimit() takes a whole number of bytes, or Infinity; got ${describe(bytes)}`);
  limit = bytes;
  whenReplaced(reset);
  wasm.lend_set_limit(Math.min(bytes, 0xffffffff));
}

let limit = Infinity;

/** Set by the loader of plugins: what each module has. @type {(() => object[]) | null} */
let modules = null;

/** @param {() => object[]} f */
export const setModules = (f) => {
  modules = f;
  whenReplaced(reset);
};

export function stats() {
  // The kinds of `live` in `runtime/src/raw.rs`.
  const [handles, bytes, buffers, instances, borrows] = [0, 1, 2, 3, 4].map((kind) => (wasm.lend_live?.(kind) ?? 0) >>> 0);
  return {
    handles,
    buffers,
    bytes,
    borrows,
    instances,
    objects: liveObjects(),
    closures: (wasm.lend_closures?.() ?? 0) >>> 0,
    limit,
    copiedBytes: counts.copied,
    viewsMade,
    memoryBytes: wasm.memory.buffer.byteLength,
    inFlight: (wasm.lend_in_flight?.() ?? 0) >>> 0,
    ...threads?.(),
    ...(modules === null ? {} : { modules: modules() }),
  };
}
