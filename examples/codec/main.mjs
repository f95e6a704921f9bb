// A decoder panics on a damaged file, starts again, and decodes the next file. `cargo xtask demo` builds and runs this example.

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { decoder, session } from './decoder.mjs';

const packages = process.env.WASM_LEND_PACKAGES ?? new URL('../../target/packages', import.meta.url).pathname;
const module = await WebAssembly.compile(await readFile(`${packages}/codec/web/codec_bg.wasm`));
await session(await decoder(pathToFileURL(`${packages}/codec/web/codec.js`).href, module, console.log), console.log);
