// A pool in pages, over shared memory and without it, and in each other host: examples/mandelbrot.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';

import { openPage } from '../browser.mjs';
import { directory } from '../packages.mjs';
import { hosts } from './hosts.mjs';

const folders = { '/target/packages-threads/': join(directory('mandelbrot', 'web'), '../..') };
/** The same in every engine, with copies and without. */
const FIRST = { steps: 184834207, checksum: 1360295508 };
const NOTICE = /^wasm-lend: calls of workers copy their buffers: the page is not cross-origin isolated/;

// WebKitGTK has SharedArrayBuffer, which Safari has, by this option only.
process.env.JSC_useSharedArrayBuffer = '1';

/** In the page: what a user does, and what is left. Returns when the last view is drawn. */
const play = async () => {
  const { draw, lend, picture, pool, zoom } = window.example;
  const views = [zoom({ x: -0.75, y: 0.1 }, 0.5), zoom({ x: -0.75, y: 0.1 }, 0.5), zoom({ x: -0.75, y: 0.1 }, 0.5)];
  const [one, two, three] = await Promise.all(views);
  const stopped = draw();
  await picture.stop();
  const again = await draw();
  const { borrows } = lend.stats();
  await pool.close();
  return { replaced: [one, two], same: three.steps === again.steps, stopped: await stopped, borrows, running: pool.running };
};

for (const browser of /** @type {const} */ (['chromium', 'firefox', 'webkit'])) {
  const executable = process.env[`WASM_LEND_${browser.toUpperCase()}`];
  const skip = executable ? false : `${browser} is not installed`;
  for (const isIsolated of [true, false]) {
    it(`renders a picture in ${browser}, ${isIsolated ? 'isolated' : 'not isolated'}`, { skip }, async () => {
      const page = await openPage({ browser, executable: executable ?? '', folders, isIsolated });
      /** @type {string[]} */
      const said = [];
      page.page.on?.('console', (/** @type {any} */ message) => said.push(message.text()));
      try {
        const { steps, checksum, isShared } = await page.result('/examples/mandelbrot/index.html');
        assert.deepEqual({ steps, checksum, isShared }, { ...FIRST, isShared: isIsolated });
        // WebDriver does not pass on the console of WebKit.
        if (browser === 'webkit') return;
        assert.deepEqual(await page.page.evaluate(play), { replaced: [null, null], same: true, stopped: null, borrows: 0, running: 0 });
        if (isIsolated) assert.deepEqual(said, []);
        else {
          assert.equal(said.length, 1, said.join('\n'));
          assert.match(said[0], NOTICE);
        }
      } finally {
        await page.close();
      }
    });
  }
}

for (const { host, skip, run } of hosts) {
  it(`renders a picture in ${host}`, { skip }, () => {
    const { status, signal, stdout, stderr } = run('examples/mandelbrot/node.mjs');
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'memory is shared: true',
      '46261504 steps, checksum 3896488326, the last report: 1',
      'the first view: null, the second: 160735823 steps, checksum 3886774920',
      'alive at the end: {"handles":0,"buffers":0,"borrows":0,"workers":0}',
    ], stderr);
    assert.deepEqual([status, signal, stderr], [0, null, '']);
  });
}
