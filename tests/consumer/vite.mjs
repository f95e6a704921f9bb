// node vite.mjs DIRECTORY: builds the app in DIRECTORY with Vite for production, and runs it in the installed browsers.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'vite';

import { openPage } from '../js/browser.mjs';

const directory = process.argv[2];
const { EXPECTED } = await import(pathToFileURL(join(directory, 'check.mjs')).href);
await build({ root: join(directory, 'app'), configFile: false, logLevel: 'warn', base: '/app/' });
for (const browser of /** @type {const} */ (['chromium', 'firefox'])) {
  const executable = process.env[`WASM_LEND_${browser.toUpperCase()}`];
  if (!executable) {
    console.log(`skipped: the app in ${browser}, which is not installed`);
    continue;
  }
  const page = await openPage({ browser, executable, folders: { '/app/': join(directory, 'app/dist') } });
  try {
    assert.deepEqual(await page.result('/app/index.html'), EXPECTED);
    console.log(`the Vite build works in ${browser}`);
  } finally {
    await page.close();
  }
}
