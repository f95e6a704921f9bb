// Two apps, compiled separately, use the memory of one package. `cargo xtask demo` builds and runs this example.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const packages = process.env.WASM_LEND_PACKAGES ?? new URL('../../target/packages', import.meta.url).pathname;
const { lend } = createRequire(import.meta.url)(`${packages}/shared-runtime/nodejs/shared_runtime.js`);
const bytes = (/** @type {string} */ app) => readFile(`${packages}/../plugins/${app}/${app}.wasm`);

const app2 = await lend.loadPlugin(await bytes('app2'));
// app1 imports a function of app2, and both apps import a function of the package.
const app1 = await lend.loadPlugin(await bytes('app1'));

// Each line has the name, the offset in memory, the length, and the value.
const joined = app1.main();
if (new TextDecoder().decode(joined.view) !== 'AB') throw new Error('the constants have changed');

joined.free();
app1.unload();
app2.unload();
