// Buffers as arguments, by handle.

import { both, call } from './call.mjs';

/** The sizes of the plot, too. @type {[string, number][]} */
export const SIZES = [['16 B', 16], ['256 B', 256], ['4 KiB', 4096], ['64 KiB', 65536], ['1 MiB', 1 << 20], ['16 MiB', 16 << 20]];

/** The calls of one size. @param {string} what */
export const namesOf = (what) => ({
  lend: `wasm-lend &[u8], handle of ${what}`, bindgen: `wasm-bindgen &[u8], ${what}`, bare: `bare export, address and length of ${what}`,
});

const SMALL = namesOf('16 B');
const LARGE = namesOf('16 MiB');

/** @type {import('./call.mjs').Topic} */
export const handles = {
  name: 'handles',
  title: 'A buffer as an argument, by its handle',
  calls({ pkg, raw }) {
    const bytes = (size) => new Uint8Array(size).fill(1);
    const lent = pkg.lend.createReadOnlyBuffer(bytes(16));
    const owner = new pkg.Owner(16);
    const address = lent.view.byteOffset;
    const whole = pkg.lend.alloc(Uint8Array, 16);
    const sub = pkg.lend.alloc(Uint8Array, 32).subarray(8, 24);
    return [
      call('bare export, two numbers', raw.bare_add, 1, 2),
      call('bare export, two slices', raw.bare_two, address, 16, address, 16),
      ...SIZES.flatMap(([what, size]) => {
        const names = namesOf(what);
        const buffer = size === 16 ? lent : pkg.lend.createReadOnlyBuffer(bytes(size));
        return [
          call(names.bare, raw.bare_first, buffer.view.byteOffset, size),
          call(names.lend, pkg.lend_slice, buffer),
          call(names.bindgen, pkg.bindgen_slice, bytes(size)),
        ];
      }),
      call('wasm-bindgen &Struct', pkg.bindgen_struct, owner),
      call('wasm-bindgen two &Struct', pkg.bindgen_two_structs, owner, owner),
      call('wasm-lend two &[u8] handles', pkg.lend_two_slices, lent, lent),
      call('wasm-lend &[u8], a part', pkg.lend_part, sub),
      call('wasm-lend &mut [u8], a part', pkg.lend_part_mut, sub),
      call('wasm-lend &mut [u8], the whole', pkg.lend_part_mut, whole),
    ];
  },
  ratios: [
    { of: SMALL.lend, over: SMALL.bare, limit: { 'node': 1.4, 'node-26': 1.8 } },
    { of: SMALL.lend, over: 'bare export, two numbers' },
    { of: 'wasm-lend two &[u8] handles', over: 'bare export, two slices', limit: { node: 2 } },
    { of: SMALL.lend, over: 'wasm-bindgen &Struct', limit: 1 },
    { of: 'wasm-lend two &[u8] handles', over: 'wasm-bindgen two &Struct' },
    { of: LARGE.lend, over: SMALL.lend, limit: 1.05 },
    { of: 'wasm-lend &[u8], a part', over: SMALL.lend },
    { of: 'wasm-lend &mut [u8], a part', over: 'wasm-lend &mut [u8], the whole' },
    ...SIZES.map(([what]) => ({ of: namesOf(what).lend, over: namesOf(what).bindgen })),
  ],
};

/** The size up to which engines copy in the loop of a shim. @type {[string, number][]} */
const PLAIN = [['16 B', 16], ['64 B', 64]];

/** Bytes that a function takes for itself. @type {[string, number, number | undefined][]} */
const OWNED = [['16 B', 16, undefined], ['4 KiB', 4096, 1.5], ['48 MB', 48_000_000, 1.1]];

/** @type {import('./call.mjs').Topic} */
export const plainArrays = {
  name: 'plain-arrays',
  title: 'A plain typed array as an argument, which both sides copy',
  calls({ pkg }) {
    const ones = (size) => new Uint8Array(size).fill(1);
    const pair = (name, what, array) => [
      call(`wasm-bindgen ${what}`, pkg[`bindgen_${name}`], array), call(`wasm-lend ${what}`, pkg[`lend_${name}`], array),
    ];
    return [
      ...PLAIN.flatMap(([what, size]) => [
        call(`wasm-bindgen &[u8], plain ${what}`, pkg.bindgen_slice, ones(size)),
        // Another function than for handles, because engines optimise a function for its arguments.
        call(`wasm-lend &[u8], plain ${what}`, pkg.lend_plain, ones(size)),
      ]),
      ...pair('plain_mut', '&mut [u8], plain 16 B', ones(16)),
      ...pair('plain_mut', '&mut [u8], plain 1 KiB', ones(1024)),
      ...OWNED.flatMap(([what, size]) => pair('vec_in', `Vec<u8> by value, ${what}`, ones(size))),
      ...pair('floats_in', 'Vec<f32> by value, 4 KiB', new Float32Array(1024).fill(1)),
    ];
  },
  ratios: [
    ...PLAIN.map(([what]) => both(`&[u8], plain ${what}`, 1)),
    both('&mut [u8], plain 16 B'),
    both('&mut [u8], plain 1 KiB'),
    ...OWNED.map(([what, , limit]) => both(`Vec<u8> by value, ${what}`, limit)),
    both('Vec<f32> by value, 4 KiB'),
  ],
};
