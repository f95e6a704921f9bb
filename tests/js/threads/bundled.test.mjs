// The page and the worker of docs/THREADS.md, and a pool of such workers, in apps that Vite and webpack have built.

import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';

import { build } from 'vite';

import { openPage } from '../browser.mjs';
import { directory } from '../packages.mjs';

const webpack = createRequire(import.meta.url)('webpack');
const executable = process.env.WASM_LEND_CHROMIUM;

const FILES = {
  'index.html': '<!doctype html><script type="module" src="./main.js"></script>',
  'worker.js': `
    import init, { lend, reverse_u8 } from './pkg/e2e.js';
    lend.serve(init);
    onmessage = ({ data }) => {
      if (data.image === undefined) return;
      const image = lend.receive(data.image);
      reverse_u8(image);
      postMessage({ image: lend.share(image) });
    };`,
  'main.js': `
    import init, { job_double, lend } from './pkg/e2e.js';
    const worker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    async function run() {
      await init();
      const mine = worker();
      const thread = await lend.join(mine);
      const answer = new Promise((resolve) => (mine.onmessage = resolve));
      mine.postMessage({ image: lend.share(lend.createMutableBuffer(new Uint8Array([1, 2, 3]))) });
      const pool = lend.workers({ size: 1, worker });
      const doubled = await job_double(lend.createMutableBuffer(new Float32Array([1, 2])));
      await pool.close();
      return { isShared: thread.isShared, elements: [...lend.receive((await answer).data.image).view], doubled: [...doubled.view] };
    }
    run().then((result) => (window.result = result), (error) => (window.result = String(error)));`,
};

/** Builds the app into `dist`. @type {Record<string, (root: string) => Promise<unknown>>} */
const BUNDLERS = {
  Vite: (root) => build({ root, configFile: false, base: './', logLevel: 'error', build: { target: 'esnext' } }),
  async webpack(root) {
    await new Promise((resolve, reject) => webpack({
      mode: 'production',
      context: root,
      entry: './main.js',
      output: { path: join(root, 'dist'), filename: 'app.js' },
      optimization: { minimize: false },
    }, (/** @type {any} */ error, /** @type {any} */ stats) => (error || stats.hasErrors() ? reject(error ?? new Error(stats.toString({ all: false, errors: true }))) : resolve(stats))));
    await writeFile(join(root, 'dist/index.html'), '<!doctype html><meta charset="utf-8"><script src="./app.js"></script>');
  },
};

for (const [name, bundle] of Object.entries(BUNDLERS)) {
  it(`workers of an app that ${name} has built join`, { skip: executable ? false : 'chromium is not installed' }, async (test) => {
    const root = await mkdtemp(join(directory('e2e', 'web'), '..', 'bundled-'));
    test.after(() => rm(root, { recursive: true }));
    await cp(directory('e2e', 'web'), join(root, 'pkg'), { recursive: true });
    for (const [file, text] of Object.entries(FILES)) await writeFile(join(root, file), text);
    await bundle(root);
    for (const isIsolated of [true, false]) {
      const page = await openPage({ browser: 'chromium', executable: executable ?? '', folders: { '/app/': join(root, 'dist') }, isIsolated, timeout: 20_000 });
      try {
        assert.deepEqual(await page.result('/app/index.html'), { isShared: isIsolated, elements: [3, 2, 1], doubled: [2, 4] });
      } finally {
        await page.close();
      }
    }
  });
}
