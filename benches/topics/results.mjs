// Buffers and vectors as results.

import { both, call, pairs } from './call.mjs';

/** @type {[string, number][]} */
const SIZES = [['16 B', 16], ['1 KiB', 1024], ['64 KiB', 65536], ['1 MiB', 1 << 20], ['16 MiB', 16 << 20]];

/** @type {[string, number][]} */
const FLOATS = [['16 B', 4], ['1 KiB', 256], ['64 KiB', 16384], ['1 MiB', 262144]];

/** @type {import('./call.mjs').Topic} */
export const results = {
  name: 'results',
  title: 'Buffers and vectors as results',
  calls({ pkg }) {
    const length = (f) => (value) => f(value).length;
    const freed = (f) => (size) => {
      f(size).free();
      return 1;
    };
    let keptSize = 0;
    /** Makes Rust keep a buffer of this size for the following calls. */
    const kept = (size, f) => () => {
      if (keptSize !== size) pkg.keep((keptSize = size));
      return f();
    };
    return [
      call('wasm-bindgen class made and freed', freed(pkg.bindgen_make), 16),
      call('wasm-lend Buffer made and freed', freed(pkg.lend_make), 16),
      call('wasm-bindgen Vec<u8> of 16 B', length(pkg.bindgen_vec), 16),
      call('wasm-lend Vec<u8> of 16 B', length(pkg.lend_vec), 16),
      ...SIZES.flatMap(([what, size]) => [
        call(`wasm-lend Buffer returned, ${what}`, kept(size, freed(pkg.lend_kept))),
        call(`wasm-lend Vec<u8> returned, ${what}`, kept(size, length(pkg.lend_kept_copy))),
        call(`wasm-bindgen Vec<u8> returned, ${what}`, kept(size, length(pkg.bindgen_kept_copy))),
      ]),
      ...FLOATS.flatMap(([what, count]) => pairs(pkg)('floats', `Vec<f32> returned, ${what}`, length, count)),
    ];
  },
  ratios: [
    { of: 'wasm-lend Buffer made and freed', over: 'wasm-bindgen class made and freed', limit: { node: 0.4, chromium: 0.55, firefox: 0.3, bun: 1.15 } },
    { of: 'wasm-lend Buffer made and freed', over: 'wasm-bindgen Vec<u8> of 16 B', limit: 1 },
    ...SIZES.flatMap(([what]) => ['wasm-lend', 'wasm-bindgen'].map((peer) => (
      { of: `wasm-lend Buffer returned, ${what}`, over: `${peer} Vec<u8> returned, ${what}`, limit: 1 }))),
    { of: 'wasm-lend Buffer returned, 16 MiB', over: 'wasm-lend Buffer returned, 16 B', limit: 1.1 },
    both('Vec<u8> of 16 B'),
    ...FLOATS.map(([what]) => both(`Vec<f32> returned, ${what}`, 1)),
  ],
};
