// In the page: the same Rust on two threads, behind `#[export(worker, parallel)]`, and behind wasm-bindgen-rayon in a worker, so that both leave the
// main thread free. The worker is given its arrays by transfer.

import { inTurn, median } from './inTurn.mjs';

const THREADS = 2;

/** @returns {Promise<(call: string, values: any[]) => Promise<any[]>>} */
async function startPeer() {
  const worker = new Worker(new URL('./parallelPeer.mjs', import.meta.url), { type: 'module' });
  const answer = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
  });
  const ready = answer();
  worker.postMessage({ threads: THREADS });
  await ready;
  return (call, values) => {
    const answered = answer();
    worker.postMessage({ call, values }, values.filter((value) => ArrayBuffer.isView(value)).map((value) => value.buffer));
    return answered;
  };
}

/** @param {number} length */
const picture = (length) => Uint8Array.from({ length }, (_, index) => (index * 2_654_435_761) >>> 24);

/** @param {any[]} one @param {any[]} other */
function same(one, other) {
  if (one.length !== other.length || one.some((value, index) => value !== other[index])) throw new Error('the results differ');
}

/** The ratios of our times and those of the peer, and our times, by the name of the row. @param {any} ours */
export async function compare({ lend, blur, mandelbrot }) {
  const peer = await startPeer();
  const pool = lend.workers({ size: THREADS });
  /** @type {Record<string, { ratios: number[], milliseconds: number }>} */
  const rows = {};
  const add = (/** @type {string} */ name, /** @type {Record<string, number[]>} */ { ours, theirs }) => {
    rows[name] = { ratios: ours.map((time, block) => time / theirs[block]), milliseconds: median(ours) };
  };

  const steps = lend.alloc(Uint16Array, 512 * 512);
  let there = new Uint16Array(512 * 512);
  add('mandelbrot, 512 × 512', await inTurn({
    ours: () => mandelbrot(steps, 512),
    theirs: async () => void ([there] = await peer('mandelbrot', [there, 512])),
  }, 3));
  same(steps.view, there);
  steps.free();

  for (const [name, width, calls] of /** @type {[string, number, number][]} */ ([['blur, 1 MiB', 512, 15], ['blur, 16 MiB', 2048, 3]])) {
    let from = picture(width * width * 4);
    let to = new Uint8Array(from.length);
    const source = lend.createReadOnlyBuffer(from);
    const target = lend.alloc(Uint8Array, from.length);
    add(name, await inTurn({
      ours: () => blur(source, target, width, 2),
      theirs: async () => void ([from, to] = await peer('blur', [from, to, width, 2])),
    }, calls));
    same(target.view, to);
    source.free();
    target.free();
  }
  await pool.close();
  return rows;
}

/** A function that blurs two pictures on two workers for a second, and tells how often. @param {any} ours */
export function blurring({ lend, blur_alone: blur }) {
  lend.workers({ size: THREADS });
  const source = lend.createReadOnlyBuffer(picture(2048 * 2048 * 4));
  const targets = [lend.alloc(Uint8Array, source.length), lend.alloc(Uint8Array, source.length)];
  return async () => {
    const start = performance.now();
    let calls = 0;
    for (; performance.now() - start < 1000; calls += 2) await Promise.all(targets.map((target) => blur(source, target, 2048, 2)));
    return calls;
  };
}
