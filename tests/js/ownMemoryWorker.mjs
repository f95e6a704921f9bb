// A worker with a memory of its own: it sums what it is sent, and sends a buffer back.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const { main, target } = workerData;
const pkg = target === 'nodejs' ? createRequire(import.meta.url)(main) : await import(main);
const { lend } = pkg;

parentPort.on('message', ({ token }) => {
  if (token === undefined) return;
  const buffer = lend.receive(token);
  pkg.reverse_u8(buffer);
  parentPort.postMessage({ sum: pkg.sum(buffer), isShared: lend.isShared, token: lend.share(buffer) });
});

// The packages for Node have started by themselves.
await lend.serve(() => pkg.initSync({ module: readFileSync(main.replace(/\.js$/, '_bg.wasm')) }));
