// The cost of the checks of development builds: the same calls in a package without and with checks.

import { call } from './call.mjs';

const ROWS = ['&[u8], handle of 16 B', '&[u8], handle of 64 KiB', '&mut [u8], the whole', 'Buffer made and freed'];

/** @param {any} pkg @param {string} more What the names of these calls end in. */
function rows(pkg, more) {
  const read = (length) => pkg.lend.createReadOnlyBuffer(new Uint8Array(length).fill(1));
  const [small, large, whole, made] = ROWS.map((what) => `wasm-lend ${what}${more}`);
  return [
    call(small, pkg.lend_slice, read(16)),
    call(large, pkg.lend_slice, read(65536)),
    call(whole, pkg.lend_part_mut, pkg.lend.alloc(Uint8Array, 16)),
    call(made, (length) => pkg.lend_make(length).free() ?? 1, 16),
  ];
}

/** @type {import('./call.mjs').Topic} */
export const checks = {
  name: 'checks',
  title: 'The checks of development builds',
  needs: ['checked'],
  calls: ({ pkg, checked }) => [...rows(pkg, ', checks off'), ...rows(checked, ', checks on')],
  ratios: ROWS.map((what) => ({ of: `wasm-lend ${what}, checks on`, over: `wasm-lend ${what}, checks off` })),
};
