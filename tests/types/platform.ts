// Passes views of buffers to functions of the platform, under every version of TypeScript. The views are over an ArrayBuffer.

import { lend, MutableBuffer, ones, ones_copied } from 'e2e';

const pixels = lend.alloc(Uint8ClampedArray, 16);
export const image = new ImageData(pixels.view, 2);
export const draw = (buffer: MutableBuffer<Uint8ClampedArray>) => new ImageData(buffer.view, 2);
draw(pixels);
export const blob = new Blob([ones(3).view, ones_copied(3)]);
export const posted = fetch('/x', { method: 'POST', body: ones(3).view });
export const body = fetch('/x', { method: 'POST', body: ones_copied(3) });
export const copies = new Blob([ones(3).copy(), pixels.copy(), lend.alloc(BigInt64Array, 1).copy()]);
export const image2: ImageData = pixels.toImageData(2);
export const blob2: Blob = ones(3).toBlob({ type: 'text/plain' });
export const hash: Promise<ArrayBuffer> = crypto.subtle.digest('SHA-256', ones(3).copy());
export const drawn = (buffer: MutableBuffer<Uint8ClampedArray>) => new ImageData(buffer.copy(), 2);
const floats = lend.createReadOnlyBuffer(new Float32Array(3));
export const first: number | undefined = floats.at(0);
export const copy: Float32Array = new Float32Array(floats.view);
export const all: number[] = [...floats];
export const bytes: Uint8Array = ones_copied(1);
