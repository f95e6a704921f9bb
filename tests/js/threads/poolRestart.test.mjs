// A second start of a package whose pool has workers: they have the memory of the first.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { directory } from '../packages.mjs';
import { lend, pkg, until } from './team.mjs';

it('ends them, and starts others', async () => {
  const main = join(directory('e2e', 'web'), 'e2e.js');
  const again = await import(`${pathToFileURL(main).href}?again`);
  const pool = lend.workers({ size: 1 });
  const buffer = lend.createMutableBuffer(new Uint8Array(1));
  const controller = new AbortController();
  const old = pkg.job_forever(buffer, { signal: controller.signal }).catch((error) => error);
  await until(() => buffer.view[0] === 3, 'it runs');
  again.initSync({ module: readFileSync(main.replace(/\.js$/, '_bg.wasm')) });
  let heard = 0;
  const first = again.job_steps(3, new Uint8Array(4), { onProgress: () => (heard += 1) });
  // Of the call before, whose number the new call may have.
  controller.abort();
  assert.equal((await old).code, 'ERR_LEND_INSTANCE');
  assert.equal(await first, 4);
  assert.ok(heard > 0);
  assert.equal(await again.job_sum(new Uint8Array([4])), 4);
  assert.equal(pool.pending, 0);
  await pool.close();
  assert.equal(pool.running, 0);
});
