// Measures calls in alternating rounds. Runs in Node and in a browser page.

import { Bench } from 'tinybench';

/** The length of one sample, which is a loop of calls. It has to be long because browsers round their clocks, WebKit to a millisecond. */
const SAMPLE_MS = Math.max(2, 40 * resolution());
const ROUND_MS = 20 * Math.max(2, SAMPLE_MS / 6);
const WARM_UP_ROUNDS = 2;
const ROUNDS = 9;

/** @returns {number} The resolution of the clock, in milliseconds. */
function resolution() {
  const start = performance.now();
  let now = start;
  while (now === start) now = performance.now();
  return now - start;
}

/** @typedef {{ name: string, f: Function, args: any[] }} Call */

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
 * @returns {Record<string, number[]>} Nanoseconds per call, for each round.
 */
export function measure(calls) {
  const loops = calls.map((call) => ({ name: call.name, run: loop(call), n: 1 }));
  const times = Object.fromEntries(calls.map(({ name }) => [name, /** @type {number[]} */ ([])]));
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const bench = new Bench({ time: ROUND_MS, iterations: 3, warmup: false });
    // The order changes each round, so that one call does not always run after the garbage of the other.
    for (const each of round % 2 === 0 ? loops : loops.toReversed()) {
      // The larger number, because a pause may have made one of them too small.
      if (round < WARM_UP_ROUNDS) each.n = Math.max(each.n, calibrate(each.run));
      bench.add(each.name, () => { each.run(each.n); });
    }
    bench.runSync();
    if (round < WARM_UP_ROUNDS) continue;
    for (const each of loops) {
      const { latency } = /** @type {any} */ (bench.getTask(each.name)?.result);
      times[each.name].push((latency.p50 * 1e6) / each.n);
    }
  }
  return times;
}
