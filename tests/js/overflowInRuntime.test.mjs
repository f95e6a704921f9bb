// A stack overflow in a function of the runtime that changes Rust's state ends the instance, too.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { copyOf, loadFrom, runtimeModule, thrown } from './packages.mjs';

/**
 * The functions that change Rust's state outside of exported functions, and what calls them.
 * @type {Record<string, (pkg: any, buffer: any) => unknown>}
 */
const CHANGES = {
  alloc: (pkg) => pkg.lend.alloc(Uint8Array, 4096),
  part: (_, buffer) => buffer.subarray(1, 5),
  freeze: (_, buffer) => buffer.freeze(),
  free: (_, buffer) => buffer.free(),
  notify: (_, buffer) => buffer.onRelease(() => {}),
  scratch: (pkg) => pkg.sum(new Uint8Array(4096)),
  scratch_small: (pkg) => pkg.sum(new Uint8Array(4)),
  text: (pkg) => pkg.bytes_of('ä'.repeat(100_000)),
  objects: (pkg) => {
    for (let i = 0; i < 10_000; i++) pkg.object_keep({});
  },
};

// A real overflow is in these functions too seldom for a test: their frames are small. So each is replaced by one that throws.
for (const [name, request] of Object.entries(CHANGES)) {
  it(`ends the instance if it is in \`${name}\``, async (test) => {
    const folder = await copyOf(test, 'web');
    const pkg = await loadFrom(folder, 'web');
    const { define } = await runtimeModule(folder, 'parts.js');
    const buffer = pkg.lend.createMutableBuffer(new Uint8Array(64));
    const words = pkg.lend.createMutableBuffer(new TextEncoder().encode(`${name} `));
    const { byteOffset, byteLength } = words.view;
    const overflow = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    define(byteOffset, byteLength, byteOffset, { get: () => overflow });
    assert.equal(thrown(() => request(pkg, buffer)).code, 'ERR_LEND_PANIC');
    assert.equal(thrown(() => pkg.lend.stats()).code, 'ERR_LEND_POISONED');
  });
}
