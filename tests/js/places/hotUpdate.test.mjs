// A hot update by Vite's development server. One component imports the package, the package is rebuilt, and the page continues with the new
// code.

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';

import puppeteer from 'puppeteer-core';
import { createServer } from 'vite';

import { CHROMIUM_ARGUMENTS } from '../browser.mjs';
import { directory } from '../packages.mjs';

const executable = process.env.WASM_LEND_CHROMIUM;

/** A project in a folder of the checkout. @param {import('node:test').TestContext} test */
async function project(test) {
  const parent = join(directory('places', '..'), '../places-projects');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'hot-'));
  test.after(() => rm(folder, { recursive: true }));
  await cp(directory('places', 'web'), join(folder, 'pkg'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>hot</title><p id="edition"></p><script type="module" src="/main.js"></script>');
  await writeFile(join(folder, 'main.js'), "import './component.js';\n");
  await writeFile(join(folder, 'component.js'), `
import init, { edition, lend, ones, sum } from './pkg/places.js';
await init();
window.editions = [...(window.editions ?? []), edition()];
window.earlier ??= ones(3);
window.sumOf = (bytes) => { try { return sum(bytes); } catch (error) { return error.code; } };
window.alive = () => lend.stats().buffers;
document.getElementById('edition').textContent = edition();
if (import.meta.hot) import.meta.hot.accept();
`);
  return folder;
}

it('the page continues with the new code after a hot update', { skip: executable ? false : 'chromium is not installed' }, async (test) => {
  const folder = await project(test);
  const server = await createServer({ root: folder, configFile: false, logLevel: 'error', server: { port: 0, host: '127.0.0.1', watch: { usePolling: true, interval: 100 } } });
  await server.listen();
  const browser = await puppeteer.launch({ executablePath: executable, headless: true, args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForFunction('window.editions?.length === 1');
    assert.deepEqual(await page.evaluate('[window.editions, window.sumOf(window.earlier), window.alive()]'), [['edition one'], 3, 1]);
    // A build writes another wasm file, and writes the glue again.
    const wasm = join(folder, 'pkg/places_bg.wasm');
    const bytes = await readFile(wasm);
    const at = bytes.indexOf('edition one');
    assert.ok(at > 0);
    bytes.write('edition two', at);
    await writeFile(wasm, bytes);
    const glue = join(folder, 'pkg/places.js');
    await writeFile(glue, `${await readFile(glue, 'utf8')}\n// built again\n`);
    // Two files have changed. They may arrive as one update or as two.
    await page.waitForFunction('document.getElementById("edition").textContent === "edition two"');
    assert.deepEqual(
      await page.evaluate('[window.editions[0], window.editions.at(-1), window.sumOf(window.earlier), window.sumOf(new Uint8Array([5])), window.alive()]'),
      ['edition one', 'edition two', 'ERR_LEND_INSTANCE', 5, 0],
    );
  } finally {
    await browser.close();
    await server.close();
  }
});
