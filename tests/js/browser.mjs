// Opens pages in a real browser. A server on loopback serves them from the checkout.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';

import { openWebKit } from './webkit.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
// Only isolated pages have shared memory and a clock of 5 to 20 microseconds.
const HEADERS = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--no-first-run', '--js-flags=--expose-gc',
];
const TIMEOUT = 180_000;

/** @param {Record<string, string>} folders Folders outside of the checkout, by their URL prefixes. @param {boolean} isIsolated */
function serve(folders, isIsolated) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const [prefix, folder] = Object.entries(folders).find(([prefix]) => path.startsWith(prefix)) ?? ['/', ROOT];
    try {
      const body = await readFile(join(folder, normalize(path.slice(prefix.length - 1))));
      response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Cache-Control': 'max-age=3600', ...(isIsolated ? HEADERS : {}) });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/**
 * @param {{ browser: 'chromium' | 'firefox' | 'webkit', executable: string, folders?: Record<string, string>, isIsolated?: boolean, timeout?: number }} options
 */
export async function openPage({ browser, executable, folders = {}, isIsolated = true, timeout = TIMEOUT }) {
  const server = await serve(folders, isIsolated);
  if (browser === 'webkit') {
    const opened = await openWebKit(executable, `http://127.0.0.1:${server.address().port}`, timeout);
    return { ...opened, close: () => opened.close().finally(() => server.close()) };
  }
  const instance = await puppeteer.launch({
    browser: browser === 'firefox' ? 'firefox' : 'chrome',
    executablePath: executable,
    headless: true,
    args: browser === 'firefox' ? [] : CHROMIUM_ARGUMENTS,
    // `TestUtils.gc()`, with which pages can ask for a garbage collection.
    extraPrefsFirefox: { 'dom.testing.testutils.enabled': true },
    protocolTimeout: timeout,
  });
  const page = await instance.newPage();
  return {
    // For example `Chrome/156.0.1.2`.
    version: (await instance.version()).split('/').at(-1) ?? '',
    page,
    /** @param {string} path @returns {Promise<any>} The result of the promise that the page assigns to `window.result`. */
    async result(path) {
      const failure = new Promise((_, reject) => page.once('pageerror', reject));
      await page.goto('about:blank');
      await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
      return Promise.race([
        failure,
        page.waitForFunction('window.result !== undefined', { timeout }).then(() => page.evaluate('window.result')),
      ]);
    },
    async close() {
      await instance.close();
      server.close();
    },
  };
}
