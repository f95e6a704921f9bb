// What TypeScript refuses of views of shared memory, and what takes their place.

import { lend, type LendToken, type MutableBuffer, type ReadOnlyBuffer } from 'e2e';

const pixels = lend.createMutableBuffer(new Uint8ClampedArray(16));
// @ts-expect-error: browsers refuse it.
new ImageData(pixels.view, 2);
pixels.toImageData(2).width;
// @ts-expect-error: browsers refuse it.
new Blob([pixels.view]);
pixels.toBlob({ type: 'image/raw' }).size;
new ImageData(pixels.copy(), 2);
// @ts-expect-error: browsers refuse it.
crypto.getRandomValues(pixels.view);
pixels.view.set([1, 2]);

const token: LendToken<MutableBuffer<Uint8ClampedArray>> = lend.share(pixels);
const back: MutableBuffer<Uint8ClampedArray> = lend.receive(token);
// @ts-expect-error: the token is of a mutable buffer.
const readOnly: ReadOnlyBuffer<Uint8ClampedArray> = lend.receive(token);
const isShared: boolean = lend.isShared;
const thread: Promise<{ number: number }> = lend.join(new Worker('worker.js'));
// @ts-expect-error: no buffer.
lend.share(new Uint8Array(3));
export { back, isShared, readOnly, thread };
