// Programs that must compile, and lines that must not. `tests/js/types.test.mjs` runs tsc over them.

import {
  lend, LendError, MutableBuffer, ReadOnlyBuffer, keep_f32, ones, ones_copied, own, same_bool, same_u32, scale, sum, take_u64,
} from 'e2e';

const bytes: ReadOnlyBuffer<Uint8Array> = lend.createReadOnlyBuffer(new Uint8Array([1, 2]));
const floats: MutableBuffer<Float32Array> = lend.alloc(Float32Array, 16);
const total: number = sum(bytes) + sum(new Uint8Array(3)) + sum(lend.alloc(Uint8Array, 1));
scale(floats, 2);
const frozen: ReadOnlyBuffer<Float32Array> = keep_f32(floats.freeze());
const fresh: ReadOnlyBuffer<Uint8Array> = ones(3);
const copied: Uint8Array = ones_copied(3);
const bigs: MutableBuffer<BigUint64Array> = take_u64(new BigUint64Array(1));
const view: Float32Array = frozen.view;
const truth: boolean = same_bool(true);
const { handles, copiedBytes }: { handles: number; copiedBytes: number } = lend.stats();
bytes.free();
fresh[Symbol.dispose]();
try {
  same_u32(total + view.length + copied.length + handles + copiedBytes + bigs.length + Number(truth));
} catch (error) {
  if (error instanceof LendError && error.code === 'ERR_LEND_RANGE') console.log(error.message);
}

// @ts-expect-error: another element type
sum(floats);
// @ts-expect-error: a plain array of another element type
sum(new Float32Array(1));
// @ts-expect-error: not a buffer
sum([1, 2]);
// @ts-expect-error: read-only
scale(frozen, 1);
// @ts-expect-error: a mutable buffer has to be frozen first
keep_f32(floats);
// @ts-expect-error: a read-only buffer cannot be moved
own(bytes);
// @ts-expect-error: not a number
same_u32('5');
// @ts-expect-error: read-only buffers have no freeze()
frozen.freeze();
// @ts-expect-error: made by lend, not by hand
new ReadOnlyBuffer();
// @ts-expect-error: nothing else has the shape of a buffer
const forged: ReadOnlyBuffer<Uint8Array> = { view: new Uint8Array(1), length: 1, byteLength: 1, freed: false, moved: false, free() {} };
// @ts-expect-error: no such code
if (new Error() instanceof LendError && ({} as LendError).code === 'ERR_LEND_NONE') console.log(forged);
