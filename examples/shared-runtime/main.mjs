// Two apps, compiled one by one, over the memory of a package. `cargo xtask demo` builds and runs it.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const packages = process.env.WASM_LEND_PACKAGES ?? new URL('../../target/packages', import.meta.url).pathname;
const { lend } = createRequire(import.meta.url)(`${packages}/shared-runtime/nodejs/shared_runtime.js`);
const bytes = (/** @type {string} */ app) => readFile(`${packages}/../plugins/${app}/${app}.wasm`);

const app2 = await lend.loadPlugin(await bytes('app2'));
// It imports a function of app2's, and both one of the package's.
const app1 = await lend.loadPlugin(await bytes('app1'));

// Name, offset in memory, length, value.
const joined = app1.main();
if (new TextDecoder().decode(joined.view) !== 'AB') throw new Error('the constants are not what they were');

joined.free();
app1.unload();
app2.unload();
