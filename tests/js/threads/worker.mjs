// A worker that runs functions of the package: each message names one, and is answered.

import { parentPort, workerData } from 'node:worker_threads';

const pkg = await import(workerData);
const { lend } = pkg;

/** What the last messages have left here. @type {any[]} */
const kept = [];

/** @type {Record<string, (...args: any[]) => any>} */
const jobs = {
  sum: (token) => pkg.sum((kept[0] = lend.receive(token))),
  /** Sums while the others do. @param {any} token @param {number} rounds */
  sumOften(token, rounds) {
    kept[0] = lend.receive(token);
    const sums = new Set(Array.from({ length: rounds }, () => pkg.sum(kept[0])));
    return [...sums];
  },
  free: () => kept.splice(0).forEach((buffer) => buffer.free()),
  stats: () => lend.stats(),
  /** Writes, and gives the buffer back. @param {any} token @param {number} rounds */
  write(token, rounds = 1) {
    const buffer = lend.receive(token);
    let refused = 0;
    for (let i = 0; i < rounds; i++) {
      try {
        pkg.reverse_u8(buffer);
      } catch (error) {
        if (error.code !== 'ERR_LEND_BORROWED') throw error;
        refused += 1;
      }
    }
    return { refused, token: lend.share(buffer) };
  },
  back: (token) => lend.share(lend.receive(token)),
  keep: (token) => void kept.push(lend.receive(token)),
  plain(value, rounds) {
    const array = new Uint8Array(64).fill(value);
    const long = new Uint8Array(4000).fill(value);
    let wrong = 0;
    for (let i = 0; i < rounds; i++) wrong += Number(pkg.sum(array) !== ((64 * value) & 255)) + Number(pkg.sum(long) !== ((4000 * value) & 255));
    return wrong;
  },
  echo: (text) => pkg.echo_str(text),
  grow: (bytes) => lend.alloc(Uint8Array, bytes).free(),
  /** A call with a buffer that stays here. */
  call(name, token, ...args) {
    const buffer = lend.receive(token);
    kept.push(buffer);
    return pkg[name](buffer, ...args);
  },
  make(name, ...args) {
    kept.push(new pkg[name](...args));
  },
  share: (array) => lend.share(lend.createMutableBuffer(array)),
  onRelease(token) {
    kept.push(lend.receive(token).onRelease(() => parentPort.postMessage({ event: 'released' })));
  },
  run: (name, ...args) => pkg[name](...args),
  /** Waits for what never happens, with a buffer. @param {any} token */
  wait: (token) => void pkg.pass_gate_with(lend.receive(token)).catch((error) => parentPort.postMessage({ event: error.code })),
  join: () => lend.join({ postMessage() {} }),
  exit: () => process.exit(),
  /** Never returns. @param {any} token */
  spin(token) {
    const buffer = lend.receive(token);
    pkg.set_callback(() => {
      parentPort.postMessage({ event: 'inside' });
      for (;;);
    });
    pkg.exclusive_while(buffer);
  },
};

parentPort.on('message', async ({ id, job, args, throws }) => {
  if (throws) throw new Error('mine');
  try {
    parentPort.postMessage({ id, result: await jobs[job](...args) });
  } catch (error) {
    parentPort.postMessage({ id, error: { code: error.code, message: error.message } });
  }
});

await lend.serve(pkg.initSync);
