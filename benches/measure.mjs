// Measures calls in alternating rounds. Runs in Node and in a browser page.

import { Bench } from 'tinybench';

/** The length of one sample, which is a loop of calls. It has to be long because browsers round their clocks, WebKit to a millisecond. */
const SAMPLE_MS = Math.max(2, 40 * resolution());
const ROUND_MS = 20 * Math.max(2, SAMPLE_MS / 6);
const WARM_UP_ROUNDS = 2;
const ROUNDS = 9;
/** The turns of the event loop in a sample of calls that leave objects to collection: 200,000 objects. */
const TURNS = 200;

/** @returns {number} The resolution of the clock, in milliseconds. */
function resolution() {
  const start = performance.now();
  let now = start;
  while (now === start) now = performance.now();
  return now - start;
}

/** @typedef {import('./topics/call.mjs').Call} Call */

/**
 * Makes a separate loop for each call, because loops with the same source share their type feedback and slow each other down.
 * @param {Call} call
 */
function loop({ name, f, args }) {
  const names = args.map((_, i) => `a${i}`);
  const text = `/* ${name.replaceAll('*/', '')} */
    return (n) => { let sink = 0; for (let i = 0; i < n; i++) sink += f(${names}); return sink; }`;
  return new Function('f', ...names, text)(f, ...args);
}

/** @param {(n: number) => number} run @returns {number} The number of calls in a sample. */
function calibrate(run) {
  for (let n = 1; ; n *= 2) {
    const start = performance.now();
    run(n);
    if (performance.now() - start >= SAMPLE_MS) return n;
  }
}

/**
 * @param {Call[]} calls
 * @returns {Promise<Record<string, number[]>>} Nanoseconds per unit of work, for each round.
 */
export async function measure(calls) {
  const inLoops = await measureLoops(calls.filter(({ turns }) => turns === undefined));
  return { ...inLoops, ...await measureTurns(calls.filter(({ turns }) => turns !== undefined)) };
}

/** @param {Call[]} calls */
async function measureLoops(calls) {
  const loops = calls.map((call) => ({ name: call.name, run: loop(call), n: 1 }));
  const times = empty(calls);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS && calls.length > 0; round++) {
    const bench = new Bench({ time: ROUND_MS, iterations: 3, warmup: false });
    for (const each of inTurn(loops, round)) {
      // The larger number, because a pause may have made one of them too small.
      if (round < WARM_UP_ROUNDS) each.n = Math.max(each.n, calibrate(each.run));
      bench.add(each.name, () => { each.run(each.n); });
    }
    bench.runSync();
    // What the calls have left to collection is collected between rounds, not in them.
    await turn();
    if (round < WARM_UP_ROUNDS) continue;
    for (const each of loops) {
      const { latency } = /** @type {any} */ (bench.getTask(each.name)?.result);
      times[each.name].push((latency.p50 * 1e6) / each.n);
    }
  }
  return times;
}

/**
 * Measures calls that leave objects to garbage collection. Finalizers run in turns of the event loop, so a sample takes many turns.
 * It ends when its own garbage is collected, if JavaScript can ask for that (it cannot in WebKit). Otherwise the garbage of one
 * call would be collected in the sample of the next.
 * @param {Call[]} calls
 */
async function measureTurns(calls) {
  const loops = calls.map((call) => ({ ...call, run: loop(call) }));
  const times = empty(calls);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const { name, run, turns = 1, per = 1 } of inTurn(loops, round)) {
      await collect();
      const start = performance.now();
      for (let i = 0; i < TURNS; i++) {
        run(turns);
        await turn();
      }
      await collect();
      const nanoseconds = ((performance.now() - start) * 1e6) / (TURNS * turns * per);
      if (round >= WARM_UP_ROUNDS) times[name].push(nanoseconds);
    }
  }
  return times;
}

/** @param {Call[]} calls @returns {Record<string, number[]>} */
const empty = (calls) => Object.fromEntries(calls.map(({ name }) => [name, []]));

/** The order changes each round, so that one call does not always run after the garbage of the other. @template T @param {T[]} all @param {number} round */
const inTurn = (all, round) => (round % 2 === 0 ? all : all.toReversed());

/** Collects garbage, and waits for the turns in which finalizers run. */
async function collect() {
  const { gc, Bun, TestUtils } = /** @type {any} */ (globalThis);
  if (Bun) Bun.gc(true);
  else if (TestUtils) await TestUtils.gc();
  else gc?.();
  for (let i = 0; i < 4; i++) await turn();
}

/** Resolves in the next turn of the event loop. @returns {Promise<void>} */
function turn() {
  if (typeof setImmediate === 'function') return new Promise((resolve) => { setImmediate(resolve); });
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
