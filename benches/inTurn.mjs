// Promises that are measured in turn, in blocks, so that what else the machine does meets all of them.

const BLOCKS = 9;

export const median = (/** @type {number[]} */ numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** The median of each block, in milliseconds, by the name of the kind. @param {Record<string, () => Promise<any>>} kinds @param {number} calls In a block. */
export async function inTurn(kinds, calls) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let block = -1; block < BLOCKS; block++) {
    for (const [kind, run] of Object.entries(kinds)) {
      const samples = [];
      for (let i = 0; i < calls; i++) {
        const start = performance.now();
        await run();
        samples.push(performance.now() - start);
      }
      if (block >= 0) times[kind].push(median(samples));
    }
  }
  return times;
}
