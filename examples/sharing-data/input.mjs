// The input: a grey picture of 2048 × 1536 pixels as a PGM file. It is the same on every machine.

import { createHash } from 'node:crypto';

const WIDTH = 2048;
const HEIGHT = 1536;

/** @returns {Buffer} The file. */
export function picture() {
  const header = Buffer.from(`P5\n${WIDTH} ${HEIGHT}\n255\n`);
  const pixels = Buffer.alloc(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      // Rings around two points, plus noise from a small hash. Only whole numbers, so that the result is the same in every engine.
      const rings = ((x - 600) ** 2 + (y - 500) ** 2) ^ ((x - 1500) ** 2 + (y - 1000) ** 2);
      const grain = (Math.imul(x * 31 + y * 17, 0x9e3779b1) >>> 28) & 15;
      pixels[y * WIDTH + x] = ((rings >>> 10) + grain) & 255;
    }
  }
  return Buffer.concat([header, pixels]);
}

/** @param {Uint8Array} bytes */
export const digest = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
