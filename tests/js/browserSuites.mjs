// The suites of the web package in a real browser. Each browser has a file that calls this one. `cargo xtask test` passes the
// path of the browser.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';

import { openPage } from './browser.mjs';
import { inOneFile } from './oneFile.mjs';
import { directory, pluginFile } from './packages.mjs';

/** The folder with the packages of the examples. */
const PACKAGES_PREFIX = join(directory('e2e', 'web'), '../..');

/** The suites that do not depend on Node. */
const SUITES = [
  'numbers', 'strings', 'values', 'records', 'byName', 'contrast', 'boundary', 'refusals', 'borrowing', 'overflow', 'subBuffers', 'copies',
  'arrays', 'arraysReadOnce', 'objects', 'callbacks', 'classes', 'sequences', 'anywhere',
];

/** The suites of plugins, and the number of copies of the host package that they need. */
const PLUGIN_SUITES = ['plugins', 'pluginLoading', 'pluginTraps', 'pluginsSoak'];
const HOSTS = 40;

/** @param {any} page @param {string[]} suites @param {import('node:test').TestContext} test */
async function pass(page, suites, test) {
  for (const suite of suites) {
    const { passed, failed } = await page.result(`/tests/js/inBrowser/suite.html?suite=${suite}`);
    test.diagnostic(`${suite}: ${passed} passed`);
    assert.deepEqual(failed, [], suite);
    assert.ok(passed > 0, suite);
  }
}

/** @param {'chromium' | 'firefox' | 'webkit'} browser */
export function inBrowser(browser) {
  const executable = process.env[`WASM_LEND_${browser.toUpperCase()}`];
  it(`works in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async () => {
    const page = await openPage({ browser, executable, folders: { '/pkg/': directory('e2e', 'web') } });
    try {
      assert.deepEqual(await page.result('/tests/js/page.html'), {
        sum: 55,
        plain: 55,
        scaled: [2, 4],
        sameView: true,
        grown: { detached: true, view: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
        returned: [3, 2, 1],
        codes: [
          'ERR_LEND_RANGE', 'ERR_LEND_TYPE', 'ERR_LEND_TYPE', 'ERR_LEND_TYPE', 'ERR_LEND_MOVED', 'ERR_LEND_ALIASED',
          'ERR_LEND_RELEASED', 'ERR_LEND_OOM',
        ],
        handles: 0,
        second: [6, 6],
      });
    } finally {
      await page.close();
    }
  });

  it(`shows the greeting in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async () => {
    const page = await openPage({ browser, executable, folders: { '/target/packages/': PACKAGES_PREFIX } });
    try {
      const { hasGrown, shown, handles } = await page.result('/examples/detached-greeting/index.html');
      assert.deepEqual([hasGrown, handles, shown.slice(1)], [true, 0, ['Ahoy there, Testy McTestface!', 'Ahoy there, Testy McTestface!']]);
      assert.match(shown[0], /^TypeError: .*detached/i);
    } finally {
      await page.close();
    }
  });

  it(`passes the suites in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async (test) => {
    // Each copy is a package of its own.
    const copy = await inOneFile(directory('e2e', 'web'), 'e2e');
    const copies = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`/copy${i}/`, copy]));
    const folders = { '/pkg/': directory('e2e', 'web'), ...copies };
    const page = await openPage({ browser, executable, folders });
    try {
      await pass(page, SUITES, test);
    } finally {
      await page.close();
    }
  });

  it(`loads plugins in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async (test) => {
    const host = 'plugin-tests-host';
    const copy = await inOneFile(directory(host, 'web'), 'plugin_tests_host');
    const folders = Object.fromEntries(Array.from({ length: HOSTS }, (_, i) => [`/${host}${i}/`, copy]));
    const page = await openPage({ browser, executable, folders: { '/plugins/': join(pluginFile('probe'), '../..'), ...folders } });
    try {
      await pass(page, PLUGIN_SUITES, test);
    } finally {
      await page.close();
    }
  });

  it(`runs filters that are dropped onto the page in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async () => {
    const folders = { '/target/packages/': PACKAGES_PREFIX, '/plugins/': join(pluginFile('blur'), '../..') };
    const { page, result, close } = await openPage({ browser, executable, folders });
    try {
      assert.equal(await result('/examples/image-plugins/index.html'), 'ready');
      const drop = (/** @type {string[]} */ names) => page.evaluate(drops, names);
      const before = await drop([]);
      const all = await drop(['blur', 'vignette', 'blur']);
      assert.deepEqual(all.chain, ['Blur', 'Vignette', 'Blur']);
      assert.match(all.facts, /^1,024,000 bytes at (\d+); copied: 0\. 3 filters in /);
      assert.notDeepEqual(all.corner, before.corner);
      assert.ok(all.corner[0] < before.corner[0] / 2, 'a vignette is dark there');
      assert.deepEqual((await drop(['package.json'])).error, ['package.json: lend.loadPlugin(): this is no wasm']);
      await page.evaluate(() => document.querySelectorAll('#chain button').forEach((button) => button.click()));
      const { corner, chain, middle } = await drop([]);
      assert.deepEqual([corner, middle, chain], [before.corner, before.middle, []]);
    } finally {
      await close();
    }
  });

  it(`filters audio in a worklet in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async () => {
    const page = await openPage({ browser, executable, folders: { '/target/packages/': PACKAGES_PREFIX } });
    try {
      const { samples, difference, loudest } = await page.result('/examples/audio-worklet/index.html');
      assert.equal(samples, 344 * 128);
      assert.ok(loudest > 0.1 && difference < 1e-4, `${difference} of ${loudest}`);
    } finally {
      await page.close();
    }
  });

  it(`decodes another file after a panic in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async () => {
    const page = await openPage({ browser, executable, folders: { '/target/packages/': PACKAGES_PREFIX } });
    try {
      const text = 'aaaaaaaaaabbbbbbccd';
      assert.deepEqual(await page.result('/examples/codec/index.html'), { decoded: [text, 'damaged', text, 'damaged', text], starts: 3, buffers: 0 });
    } finally {
      await page.close();
    }
  });

  it(`runs the tutorial by name in ${browser}`, { skip: executable ? false : `${browser} is not installed` }, async () => {
    const page = await openPage({ browser, executable, folders: { '/pkg/': directory('sharing-data-by-name', 'web') } });
    try {
      assert.equal(await page.result('/examples/sharing-data-by-name/index.html'), 'sum: 55 product: 0');
    } finally {
      await page.close();
    }
  });
}

/** Drops plugins onto the page. This function runs in the page. @param {string[]} names */
async function drops(names) {
  const data = new DataTransfer();
  for (const name of names) {
    const url = name.includes('.') ? `/${name}` : `/plugins/${name}/${name}.wasm`;
    data.items.add(new File([await (await fetch(url)).arrayBuffer()], url.split('/').at(-1)));
  }
  document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  await window.dropped;
  const pixel = (x, y) => [...document.querySelector('#canvas').getContext('2d').getImageData(x, y, 1, 1).data];
  return {
    facts: document.querySelector('#facts').textContent,
    chain: [...document.querySelectorAll('#chain li')].map((item) => item.firstChild.textContent),
    error: document.querySelector('#error').textContent.split('\n').map((line) => line.replace(/(no wasm).*/, '$1')),
    corner: pixel(2, 2),
    middle: pixel(320, 200),
  };
}
