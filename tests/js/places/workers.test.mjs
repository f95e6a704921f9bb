// The package in Cloudflare's workers, with their own runtime: started at global scope and in a handler, with an old and a newer
// compatibility date.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';
import { Miniflare } from 'miniflare';

import { directory } from '../packages.mjs';

const PACKAGE = join(directory('places', 'web'), 'places.js');
const CHECK = fileURLToPath(new URL('check.mjs', import.meta.url));

/** @param {boolean} isGlobal */
const worker = (isGlobal) => `
import * as pkg from ${JSON.stringify(PACKAGE)};
import { check } from ${JSON.stringify(CHECK)};
import module from './places_bg.wasm';
${isGlobal ? 'pkg.initSync({ module });' : 'let isStarted = false;'}
export default {
  async fetch() {
    ${isGlobal ? '' : 'if (!isStarted) { pkg.initSync({ module }); isStarted = true; }'}
    return new Response(await check(pkg));
  },
};`;

for (const date of ['2024-06-01', '2025-09-01']) {
  for (const isGlobal of [true, false]) {
    it(`answers in a worker of ${date}, started ${isGlobal ? 'at global scope' : 'in a handler'}`, async () => {
      const { outputFiles: [script] } = await esbuild.build({
        stdin: { contents: worker(isGlobal), resolveDir: directory('places', 'web') }, bundle: true, write: false, format: 'esm',
        external: ['./places_bg.wasm'], logLevel: 'error',
      });
      const miniflare = new Miniflare({
        modules: [
          { type: 'ESModule', path: 'worker.mjs', contents: script.text },
          { type: 'CompiledWasm', path: 'places_bg.wasm', contents: await readFile(join(directory('places', 'web'), 'places_bg.wasm')) },
        ],
        compatibilityDate: date,
      });
      try {
        for (const which of ['first', 'second']) {
          const response = await miniflare.dispatchFetch('http://worker/');
          assert.deepEqual([response.status, await response.text()], [200, 'ok'], `the ${which} request`);
        }
      } finally {
        await miniflare.dispose();
      }
    });
  }
}
