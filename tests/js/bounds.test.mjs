// The cost of a refusal does not depend on how many handles are alive.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadRaw, thrown } from './packages.mjs';

const MANY = 1_000_000;
const FEW = 10;
const ROUNDS = 25;
/** Refusals of each kind in a round. */
const REFUSALS = 10;
/** The limit of the ratio. A refusal that searches a million handles takes ten thousand times as long. */
const MOST = 20;

/** An instance with this many handles, and refusals by name. Each of them throws. @param {import('node:test').TestContext} test @param {number} handles */
async function withHandles(test, handles) {
  const { pkg, exports } = await loadRaw(test);
  for (let i = 0; i < handles; i++) assert.notEqual(exports.lend_alloc(0, 1), 0);
  const { lend } = pkg;
  const free = lend.alloc(Uint8Array, 8);
  const divided = lend.alloc(Uint8Array, 8);
  pkg.own(divided.subarray(4, 8));
  const released = lend.alloc(Uint8Array, 8);
  released.free();
  const busy = lend.alloc(Uint8Array, 8);
  const inCall = (/** @type {() => void} */ f) => {
    pkg.set_callback(f);
    pkg.exclusive_while(busy);
  };
  /** @type {Record<string, [string, () => unknown]>} */
  const refusals = {
    'a call that is still running has the buffer': ['ERR_LEND_BORROWED', () => pkg.sum(busy)],
    'it is to be frozen then': ['ERR_LEND_BORROWED', () => busy.freeze()],
    'Rust has taken a part of the buffer': ['ERR_LEND_BORROWED', () => pkg.swap(divided, new Uint8Array(8))],
    'that is to be frozen': ['ERR_LEND_BORROWED', () => divided.freeze()],
    'two arguments are one buffer': ['ERR_LEND_ALIASED', () => pkg.swap(free, free)],
    'the elements are others': ['ERR_LEND_TYPE', () => pkg.scale(free, 2)],
    'the buffer was freed': ['ERR_LEND_RELEASED', () => pkg.sum(released)],
  };
  return { inCall, refusals, leaks: lend.leaks };
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

it(`a refusal takes at most ${MOST} times as long with a million handles as with ten`, async (test) => {
  const [many, few] = [await withHandles(test, MANY), await withHandles(test, FEW)];
  for (const [name, [code]] of Object.entries(few.refusals)) {
    /** @param {{ refusals: Record<string, [string, () => unknown]> }} of */
    const time = ({ refusals }) => {
      const start = performance.now();
      for (let i = 0; i < REFUSALS; i++) assert.equal(thrown(refusals[name][1]).code, code, name);
      return performance.now() - start;
    };
    /** @type {[number[], number[]]} */
    const times = [[], []];
    for (let i = 0; i < ROUNDS; i++) {
      many.inCall(() => times[0].push(time(many)));
      few.inCall(() => times[1].push(time(few)));
    }
    const ratio = median(times[0]) / median(times[1]);
    test.diagnostic(`${name}: ${ratio.toFixed(2)} times`);
    assert.ok(ratio < MOST, `${name}: ${ratio} times`);
  }
});

it('leaks() takes time in proportion to the number of handles', async (test) => {
  const [many, few] = [await withHandles(test, 100_000), await withHandles(test, 1000)];
  /** @param {{ leaks: () => object[] }} of */
  const time = ({ leaks }) => {
    const start = performance.now();
    leaks();
    return performance.now() - start;
  };
  assert.equal(many.leaks().length - few.leaks().length, 99_000);
  const ratio = median(Array.from({ length: 5 }, () => time(many))) / median(Array.from({ length: 25 }, () => time(few)));
  test.diagnostic(`${ratio.toFixed(0)} times`);
  assert.ok(ratio < 100 * MOST, `${ratio} times`);
});
