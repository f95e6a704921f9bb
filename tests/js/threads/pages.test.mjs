// Workers of pages, over shared memory and without it, and of each other host: packages of `cargo xtask build --threads`.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';

import { openPage } from '../browser.mjs';
import { directory } from '../packages.mjs';
import { hosts } from './hosts.mjs';

const folders = { '/target/packages-threads/': join(directory('workers', 'web'), '../..'), '/pkg/': directory('e2e', 'web') };

/** Bytes of the picture of the example. */
const SIZE = 960 * 600 * 4;
/** Of the picture, and of what filters make of it. The same in every engine, with copies and without. */
const CHECKSUMS = { first: 1525386874, ripple: 1955517298, blur: 2528233551, edges: 3962316071 };
const NOTICE = /^wasm-lend: lend\.share\(\) copies the elements: the page is not cross-origin isolated/;

// WebKitGTK has SharedArrayBuffer, which Safari has, by this option only.
process.env.JSC_useSharedArrayBuffer = '1';

for (const browser of /** @type {const} */ (['chromium', 'firefox', 'webkit'])) {
  const executable = process.env[`WASM_LEND_${browser.toUpperCase()}`];
  const skip = executable ? false : `${browser} is not installed`;

  /** Opens a browser, and notes what is said on the console. @param {boolean} isIsolated @param {(page: any, said: string[]) => Promise<void>} test */
  async function withPage(isIsolated, test) {
    const page = await openPage({ browser, executable: executable ?? '', folders, isIsolated, timeout: 20_000 });
    /** @type {string[]} */
    const said = [];
    // WebDriver does not pass on the console of WebKit.
    page.page.on?.('console', (/** @type {any} */ message) => said.push(message.text()));
    try {
      await test(page, said);
    } finally {
      await page.close();
    }
  }

  it(`shares one picture with two workers in ${browser}`, { skip }, () => withPage(true, async (page, said) => {
    const result = await page.result('/examples/workers/index.html');
    assert.deepEqual([result.isIsolated, result.isShared, result.shelf], [true, true, 'the same bytes']);
    for (const step of /** @type {const} */ (['first', 'ripple', 'blur'])) {
      const { checksum, pixels, copied } = result[step];
      assert.deepEqual({ checksum, pixels }, { checksum: CHECKSUMS[step], pixels: SIZE / 4 }, step);
      assert.ok(Math.max(...copied) < 1000, `${copied} bytes copied in the workers`);
    }
    assert.deepEqual(said, []);
  }));

  it(`copies it in a page without isolation in ${browser}, and says so once`, { skip }, () => withPage(false, async (page, said) => {
    const result = await page.result('/examples/workers/index.html');
    assert.deepEqual([result.isIsolated, result.isShared, result.shelf], [false, false, 'nothing']);
    for (const step of /** @type {const} */ (['first', 'ripple', 'blur'])) {
      const { checksum, pixels } = result[step];
      assert.deepEqual({ checksum, pixels }, { checksum: CHECKSUMS[step], pixels: SIZE / 4 }, step);
    }
    if (browser === 'webkit') return;
    assert.equal(said.length, 1, said.join('\n'));
    assert.match(said[0], NOTICE);
  }));

  for (const isIsolated of [true, false]) {
    const where = `${browser}, ${isIsolated ? 'isolated' : 'not isolated'}`;
    it(`runs the tutorial with a worker in ${where}`, { skip }, () => withPage(isIsolated, async (page) => {
      assert.equal(await page.result('/examples/workers/tutorial.html'), 'sum: 55 product: 0');
    }));

    it(`passes strings in a worker and on the page in ${where}`, { skip }, () => withPage(isIsolated, async (page) => {
      assert.deepEqual(await page.result('/tests/js/threads/pages/page.html?story=strings'), { isShared: isIsolated, here: [], there: [] });
    }));
  }

  it(`gives back what a worker held that is terminated between calls in ${browser}`, { skip }, () => withPage(true, async (page) => {
    const { took, ...result } = await page.result('/tests/js/threads/pages/page.html?story=outside');
    assert.deepEqual(result, { held: 1000, leaks: [['MutableBuffer', 1000]], left: 0, sum: 3 });
    assert.ok(took < 5000, `${took} ms`);
  }));

  it(`ends every thread soon if a worker is terminated in a call in ${browser}`, { skip }, () => withPage(true, async (page) => {
    const { took, message, ...result } = await page.result('/tests/js/threads/pages/page.html?story=inside');
    assert.deepEqual(result, { code: 'ERR_LEND_PANIC', here: 'ERR_LEND_POISONED', there: 'ERR_LEND_POISONED' });
    assert.match(message, /the worker of thread 2 ended inside of a call/);
    // Chromium waits for two seconds before it ends a worker by force.
    assert.ok(took < (browser === 'chromium' ? 3000 : 1000), `${took} ms`);
  }));
}

const webkit = process.env.WASM_LEND_WEBKIT;
it('copies in a browser that isolates pages and has no SharedArrayBuffer', { skip: webkit ? false : 'webkit is not installed' }, async () => {
  process.env.JSC_useSharedArrayBuffer = '0';
  const page = await openPage({ browser: 'webkit', executable: webkit ?? '', folders, timeout: 20_000 });
  try {
    const { isIsolated, isShared, blur } = await page.result('/examples/workers/index.html');
    assert.deepEqual([isIsolated, isShared, blur.checksum], [true, false, CHECKSUMS.blur]);
  } finally {
    process.env.JSC_useSharedArrayBuffer = '1';
    await page.close();
  }
});

for (const { host, skip, run } of hosts) {
  it(`shares one picture with two workers in ${host}`, { skip }, () => {
    const { status, signal, stdout, stderr } = run('examples/workers/node.mjs');
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'memory is shared: true',
      `a picture of ${SIZE} bytes, checksum ${CHECKSUMS.first}`,
      `  ripple  checksum ${CHECKSUMS.ripple}`,
      `  blur    checksum ${CHECKSUMS.blur}`,
      `  edges   checksum ${CHECKSUMS.edges}`,
      '  most frequent brightness: 255',
      'bytes copied: 0 here, 0,0 in the workers',
      'Rust of the worker has taken it from the shelf: true',
      'alive at the end: {"handles":0,"buffers":0,"inFlight":0}',
    ], stderr);
    assert.deepEqual([status, signal], [0, null], 'the program ends by itself');
  });
}
