// A memory with a smaller maximum than the package asks for: Safari on phones refuses large ones. The loop of docs/THREADS.md.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { directory } from '../packages.mjs';

it('is what the page has asked for, and the limit of what can be allocated', async () => {
  const main = join(directory('e2e', 'web'), 'e2e.js');
  const { initSync, job_sum, lend } = await import(pathToFileURL(main).href);
  const asked = [];
  /** @param {any} descriptor */
  const memoryOfPhone = (descriptor) => {
    asked.push(descriptor.maximum);
    if (descriptor.maximum > 4096) throw new RangeError('too large');
    return new WebAssembly.Memory(descriptor);
  };
  let memory;
  for (const maximum of [16384, 8192, 4096]) {
    try {
      memory = memoryOfPhone({ initial: 256, maximum, shared: true });
      break;
    } catch {}
  }
  initSync({ module: await readFile(main.replace(/\.js$/, '_bg.wasm')), memory });
  assert.deepEqual(asked, [16384, 8192, 4096]);
  const large = lend.alloc(Uint8Array, 100 << 20);
  assert.throws(() => lend.alloc(Uint8Array, 200 << 20), { code: 'ERR_LEND_OOM' });
  // Its workers have the same memory.
  assert.equal(await job_sum(large), 0);
  large.free();
  await lend.workers().close();
});
