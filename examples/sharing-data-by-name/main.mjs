// The tutorial "Sharing data" in Node. `cargo xtask demo` builds and runs this example.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { tutorial } from './tutorial.mjs';

const packages = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages', import.meta.url));
const require = createRequire(import.meta.url);
const { lend: wrflib } = require(join(packages, 'sharing-data-by-name/nodejs/sharing_data_by_name.js'));

// This object takes the place of the page.
const root = { textContent: '' };
const copied = wrflib.stats().copiedBytes;
await tutorial(wrflib, { getElementById: () => root });
console.log(root.textContent);
console.log(`bytes copied: ${wrflib.stats().copiedBytes - copied}: 10 into the buffer, and 1 with each result`);
