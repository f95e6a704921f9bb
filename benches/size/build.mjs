// node build.mjs DIRECTORY OUT: an app of one module, as Vite builds it for production.

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
    // No web page: the module itself is the entry.
    rollupOptions: { input: `${directory}/app.js`, output: { entryFileNames: 'app.js', assetFileNames: '[name][extname]' } },
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
