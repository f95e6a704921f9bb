// One thread of stress.mjs: it makes, copies, divides, calls, writes, posts, receives and frees buffers at random.

import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';

import { randomFrom } from '../random.mjs';

const pkg = await import(workerData.main);
const { lend } = pkg;
const next = randomFrom(workerData.seed);
const below = (n) => next() % n;

/** All bytes of one buffer are equal, so every reader can tell a torn or foreign write. @type {Array<{ buffer: any, isMutable: boolean }>} */
let held = [];
let calls = 0;

/** @param {any} buffer */
function check(buffer) {
  const { view } = buffer;
  assert.ok(view.length === 0 || view.every((byte) => byte === view[0]), 'the contents are right');
}

/** What a call with a part of a mutable whole may be refused with: another thread writes to bytes of the same part. @param {() => void} f */
function unlessBorrowed(f) {
  try {
    f();
  } catch (error) {
    if (error.code !== 'ERR_LEND_BORROWED') throw error;
  }
}

const steps = [
  () => {
    const array = new Uint8Array(below(2000)).fill(below(256));
    held.push(below(2) === 0 ? { buffer: lend.createReadOnlyBuffer(array), isMutable: false } : { buffer: lend.createMutableBuffer(array), isMutable: true });
  },
  (each) => held.push({ ...each, buffer: each.isMutable ? each.buffer : lend.receive(lend.share(each.buffer)) }) && each.isMutable && held.pop(),
  (each) => !each.isMutable && held.push({ ...each, buffer: each.buffer.subarray(below(each.buffer.length + 1)) }),
  (each) => unlessBorrowed(() => pkg.sum(each.buffer)),
  (each) => each.isMutable && unlessBorrowed(() => pkg.reverse_u8(each.buffer)),
  (each) => check(each.buffer),
  () => pkg.sum(new Uint8Array(300).fill(7)),
  () => assert.equal(pkg.echo_str('gr\u00fc\u00df'), 'gr\u00fc\u00df'),
  (each) => take(each).buffer.free(),
  (each) => post(take(each)),
  (each) => each.isMutable && Object.assign(each, { buffer: each.buffer.freeze(), isMutable: false }),
];

/** @param {any} each Leaves the list. */
function take(each) {
  held = held.filter((other) => other !== each);
  return each;
}

/** @param {any} each */
function post({ buffer, isMutable }) {
  parentPort.postMessage({ token: lend.share(buffer), isMutable });
  // Others are left to collection. But its finalizers are calls, and a thread that is to be ended between calls must have none to make.
  if (workerData.isToEnd && !isMutable) buffer.free();
}

function run() {
  for (let i = 0; i < 200; i++) {
    const step = steps[held.length === 0 || held.length > 60 ? (held.length === 0 ? 0 : 8) : below(steps.length)];
    const each = held[below(held.length || 1)];
    if (each === undefined && step.length > 0) continue;
    step(each);
    calls += 1;
  }
}

let isRunning = false;
parentPort.on('message', (message) => {
  if (message.token !== undefined) held.push({ buffer: lend.receive(message.token), isMutable: message.isMutable });
  if (message.run && !isRunning) {
    isRunning = true;
    const again = () => {
      if (!isRunning) return;
      run();
      setImmediate(again);
    };
    again();
  }
  if (message.stop) {
    isRunning = false;
    parentPort.postMessage({ stopped: true, calls });
  }
  if (message.free) {
    for (const { buffer } of held.splice(0)) buffer.free();
    parentPort.postMessage({ freed: true });
  }
});

await lend.serve(pkg.initSync);
