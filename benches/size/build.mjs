// node build.mjs DIRECTORY OUT: builds an app of one module with Vite, for production.

import { build } from 'vite';

const [directory, out] = process.argv.slice(2);
await build({
  root: directory,
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    // The entry is the module, because there is no page.
    rollupOptions: { input: `${directory}/app.js`, output: { entryFileNames: 'app.js', assetFileNames: '[name][extname]' } },
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
