// A worker behind Comlink: buffers are arguments and results of its functions.

import { parentPort, workerData } from 'node:worker_threads';

import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

const pkg = await import(workerData);
await pkg.lend.serve(pkg.initSync);
Comlink.transferHandlers.set('lend', pkg.lend.transferHandler);
Comlink.expose({
  /** Frees what it has received. @param {any} buffer */
  sum(buffer) {
    const sum = pkg.sum(buffer);
    buffer.free();
    return sum;
  },
  /** @param {any} buffer */
  reversed(buffer) {
    pkg.reverse_u8(buffer);
    return buffer;
  },
}, nodeEndpoint(/** @type {any} */ (parentPort)));
