// node build.mjs FOLDER…: builds the app in each folder with Vite, for production, into its folder `dist`. Also writes there what
// binaryen makes of the app's wasm with the settings of `wasm-opt -Oz`, as `optimized`.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

import binaryen from 'binaryen';
import { build } from 'vite';

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);

/** @param {Uint8Array} bytes */
function optimized(bytes) {
  const module = binaryen.readBinary(bytes);
  module.optimize();
  const smaller = module.emitBinary();
  module.dispose();
  return smaller;
}

for (const folder of process.argv.slice(2)) {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: 'es2022',
      // The entry is the module, because there is no page.
      rollupOptions: { input: `${folder}/app.js`, output: { entryFileNames: 'app.js', assetFileNames: '[name][extname]' } },
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  });
  const wasm = readdirSync(`${folder}/dist`).find((name) => name.endsWith('.wasm'));
  writeFileSync(`${folder}/dist/optimized`, optimized(readFileSync(`${folder}/dist/${wasm}`)));
}
