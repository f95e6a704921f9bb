// Applies three filters, each compiled separately, to one picture without copying a byte. `cargo xtask demo` builds and runs this example.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const packages = process.env.WASM_LEND_PACKAGES ?? new URL('../../target/packages', import.meta.url).pathname;
const { checksum, lend, picture } = createRequire(import.meta.url)(`${packages}/image-plugins/nodejs/image_plugins.js`);

const [width, height] = [640, 480];
const pixels = picture(width, height);
console.log(`a picture of ${width} × ${height}: ${pixels.byteLength.toLocaleString('en')} bytes at ${pixels.view.byteOffset}, checksum ${checksum(pixels)}`);

const copied = lend.stats().copiedBytes;
const filters = [];
for (const name of ['blur', 'grayscale', 'vignette']) {
  const filter = await lend.loadPlugin(await readFile(`${packages}/../plugins/${name}/${name}.wasm`));
  filter.apply(pixels, width);
  console.log(`${filter.title().padEnd(9)}  the same bytes at ${pixels.view.byteOffset}, checksum ${checksum(pixels)}`);
  filters.push(filter);
}
console.log(`bytes copied by the three: ${lend.stats().copiedBytes - copied}`);

for (const { name, data, table } of lend.stats().modules.slice(1)) {
  console.log(`${name.padEnd(9)}  data at ${data.offset} (${data.length} bytes), places ${table.offset} to ${table.offset + table.length - 1} of the table`);
}
for (const filter of filters) filter.unload();
pixels.free();
