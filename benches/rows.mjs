// What is measured: each row is a call, and rows are compared within one run.

/**
 * @param {any} pkg The package, initialised.
 * @param {any} raw Its wasm exports.
 */
export function calls(pkg, raw) {
  const MiB = 1024 * 1024;
  const small = new Uint8Array(16).fill(1);
  const plain = new Uint8Array(64).fill(1);
  const large = new Uint8Array(16 * MiB).fill(1);
  const lent = pkg.lend.createReadOnlyBuffer(small);
  const lentLarge = pkg.lend.createReadOnlyBuffer(large);
  const owner = new pkg.Owner(16);
  const address = lent.view.byteOffset;
  const call = (name, f, ...args) => ({ name, f, args });
  return [
    call('bare export, two numbers', raw.bare_add, 1, 2),
    call('bare export, address and length', raw.bare_first, address, 16),
    call('wasm-bindgen, two numbers', pkg.bindgen_add, 1, 2),
    call('wasm-lend, two numbers', pkg.lend_add, 1, 2),
    call('wasm-bindgen &Struct', pkg.bindgen_struct, owner),
    call('wasm-lend &[u8], handle of 16 B', pkg.lend_slice, lent),
    call('wasm-lend &[u8], handle of 16 MiB', pkg.lend_slice, lentLarge),
    call('wasm-bindgen two &Struct', pkg.bindgen_two_structs, owner, owner),
    call('wasm-lend two &[u8] handles', pkg.lend_two_slices, lent, lent),
    call('wasm-bindgen &[u8], 16 B', pkg.bindgen_slice, small),
    call('wasm-lend &[u8], plain 16 B', pkg.lend_plain, small),
    call('wasm-bindgen &[u8], 64 B', pkg.bindgen_slice, plain),
    call('wasm-lend &[u8], plain 64 B', pkg.lend_plain, plain),
    call('wasm-bindgen &[u8], 16 MiB', pkg.bindgen_slice, large),
    call('wasm-bindgen class made and freed', (n) => { pkg.bindgen_make(n).free(); return 0; }, 16),
    call('wasm-lend Buffer made and freed', (n) => { pkg.lend_make(n).free(); return 0; }, 16),
    call('wasm-bindgen Vec<u8> of 16 B', (n) => pkg.bindgen_vec(n).length, 16),
    call('wasm-lend Vec<u8> of 16 B', (n) => pkg.lend_vec(n).length, 16),
  ];
}

// Each line of the report: a call over another, and what is promised where something is, in which engines (all, if none is named).
export const ratios = [
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'bare export, address and length', limit: 1.6, engines: ['node'] },
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'bare export, two numbers' },
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'wasm-bindgen &Struct', limit: 1.1 },
  { of: 'wasm-lend &[u8], handle of 16 MiB', over: 'wasm-lend &[u8], handle of 16 B', limit: 1.1 },
  { of: 'wasm-lend two &[u8] handles', over: 'wasm-bindgen two &Struct' },
  { of: 'wasm-lend, two numbers', over: 'wasm-bindgen, two numbers' },
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'wasm-bindgen &[u8], 16 B' },
  { of: 'wasm-lend &[u8], plain 16 B', over: 'wasm-bindgen &[u8], 16 B' },
  { of: 'wasm-lend &[u8], plain 64 B', over: 'wasm-bindgen &[u8], 64 B' },
  { of: 'wasm-lend &[u8], handle of 16 MiB', over: 'wasm-bindgen &[u8], 16 MiB' },
  { of: 'wasm-lend Buffer made and freed', over: 'wasm-bindgen class made and freed' },
  { of: 'wasm-lend Vec<u8> of 16 B', over: 'wasm-bindgen Vec<u8> of 16 B' },
];
