// Two workers of Node filter one picture. `cargo xtask demo` builds and runs this example.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

import { counted, crewOf, filtered } from './crew.mjs';
import { work } from './jobs.mjs';

const packages = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages-threads', import.meta.url));
const folder = join(packages, 'workers/web');
const pkg = await import(pathToFileURL(join(folder, 'workers.js')).href);
const { lend } = pkg;
const [WIDTH, HEIGHT] = [960, 600];

if (isMainThread) await main();
else {
  await lend.serve(pkg.initSync);
  work(pkg, { onMessage: (listener) => parentPort.on('message', listener), post: (message) => parentPort.postMessage(message) });
}

async function main() {
  pkg.initSync({ module: await readFile(join(folder, 'workers_bg.wasm')) });
  const workers = [1, 2].map(() => new Worker(new URL(import.meta.url)));
  const crew = await crewOf(lend, workers);
  console.log(`memory is shared: ${lend.isShared}`);
  let picture = pkg.picture(WIDTH, HEIGHT).freeze();
  console.log(`a picture of ${picture.length} bytes, checksum ${pkg.checksum(picture)}`);
  const copied = lend.stats().copiedBytes;
  for (const filter of ['ripple', 'blur', 'edges']) {
    const next = await filtered(lend, crew, filter, picture, WIDTH);
    picture.free();
    picture = next;
    console.log(`  ${filter.padEnd(7)} checksum ${pkg.checksum(picture)}`);
  }
  const counts = await counted(lend, crew, picture, WIDTH);
  console.log(`  most frequent brightness: ${counts.indexOf(Math.max(...counts))}`);
  console.log(`bytes copied: ${lend.stats().copiedBytes - copied} here, ${crew.map(({ copiedBytes }) => copiedBytes)} in the workers`);

  pkg.put(picture);
  const found = await crew[0].ask('take');
  console.log(`Rust of the worker has taken it from the shelf: ${found?.address === pkg.address_of(picture)}`);
  picture.free();
  for (const { thread } of crew) await thread.leave();
  for (const worker of workers) await worker.terminate();
  const { handles, buffers, inFlight } = lend.stats();
  console.log(`alive at the end: ${JSON.stringify({ handles, buffers, inFlight })}`);
}
