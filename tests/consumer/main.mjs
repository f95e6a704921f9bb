// What the consumer's user writes.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const { even, lend, LendError } = createRequire(import.meta.url)('./pkg/consumer.js');

const values = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4]));
const result = even(values);
assert.deepEqual([...result.view], [2, 4]);
assert.throws(() => even('text'), (error) => error instanceof LendError && error.code === 'ERR_LEND_TYPE');
console.log('the consumer crate works with the stock wasm-bindgen CLI');
