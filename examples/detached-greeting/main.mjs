// The greeting in Node, three times: raw views while memory grows, raw views while it does not grow, and buffers.
// `cargo xtask demo` builds and runs this example.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rawGreeting } from './raw.mjs';

const packages = process.env.WASM_LEND_PACKAGES ?? fileURLToPath(new URL('../../target/packages', import.meta.url));
const require = createRequire(import.meta.url);
const folder = join(packages, 'detached-greeting/nodejs');
const SALUTATION = 'Ahoy there';
const NAME = 'Testy McTestface';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

// (a) and (c) are the original program.
const module = new WebAssembly.Module(readFileSync(join(folder, 'detached_greeting_bg.wasm')));
const raw = (/** @type {'set_name' | 'set_name_no_growth'} */ setName) => rawGreeting(module, setName, SALUTATION, NAME);

try {
  console.log(`(a) raw views, memory grows:   ${raw('set_name')}`);
} catch (error) {
  console.log(`(a) raw views, memory grows:   ${error}`);
}

// (b) uses buffers.
const { lend, greet } = require(join(folder, 'detached_greeting.js'));
const salutation = lend.createReadOnlyBuffer(encoder.encode(SALUTATION));
const name = lend.createReadOnlyBuffer(encoder.encode(NAME));
const message = lend.alloc(Uint8Array, 64);
const before = message.view;
const length = greet(salutation, name, message);
const grown = before.length === 0 ? 'memory has grown' : 'memory has not grown';
console.log(`(b) buffers, ${grown}: ${decoder.decode(message.view.subarray(0, length))}`);

console.log(`(c) raw views, no growth:      ${raw('set_name_no_growth')}`);
