// Random programs over both sides, step by step beside a plain model. `WASM_LEND_STEPS` is how many steps there are in all,
// `WASM_LEND_SEED` repeats a run that failed: fast-check prints the seed, and the shortest program that it finds.

import { it } from 'node:test';

import fc from 'fast-check';

import { growing, loadCopy } from './packages.mjs';
import { Program } from './model/program.mjs';

/** Half of them in programs of the greatest length, the others in short ones. */
const STEPS = Number(process.env.WASM_LEND_STEPS ?? 100_000);
const LONGEST = 10_000;
const SHORT = 200;
const unwinds = process.env.WASM_LEND_UNWINDS === '1';

for (const [length, runs] of [[LONGEST, Math.ceil(STEPS / 2 / LONGEST)], [SHORT, Math.ceil(STEPS / 2 / SHORT)]]) {
  it(`does what the model does, in ${runs} programs of ${length} steps`, async (test) => {
    const program = fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: length, size: 'max' });
    let pkg;
    let left = 0;
    let steps = 0;
    const seed = Number(process.env.WASM_LEND_SEED ?? Date.now() & 0x7fffffff);
    await fc.assert(
      fc.asyncProperty(program, async (numbers) => {
        // An instance for a while: a slot's handles do not run out in the middle of a program, which the model knows nothing of.
        if (left < numbers.length) [pkg, left] = [await loadCopy(test, 'web'), LONGEST];
        left -= numbers.length;
        steps += numbers.length;
        try {
          await new Program(pkg, { unwinds }).run(numbers);
        } catch (error) {
          // Nobody knows what is left of it.
          left = 0;
          throw error;
        }
      }),
      { numRuns: runs, seed, endOnFailure: false, interruptAfterTimeLimit: 240_000 * Math.max(1, STEPS / 100_000), markInterruptAsFailure: true },
    );
    test.diagnostic(`${steps} steps, seed ${seed}${growing ? ', memory growing in each call' : ''}`);
  });
}
