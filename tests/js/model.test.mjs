// Runs random programs on the package and on a plain model, and compares both after each step. `WASM_LEND_STEPS` is the number of steps in
// all. `WASM_LEND_SEED` repeats a run that failed: fast-check prints the seed and the shortest failing program that it finds.

import { it } from 'node:test';

import fc from 'fast-check';

import { growing, loadCopy } from './packages.mjs';
import { Program } from './model/program.mjs';

/** Half of the programs have the greatest length, the others are short. */
const STEPS = Number(process.env.WASM_LEND_STEPS ?? 100_000);
const LONGEST = 10_000;
const SHORT = 200;
const unwinds = process.env.WASM_LEND_UNWINDS === '1';

for (const [length, runs] of [[LONGEST, Math.ceil(STEPS / 2 / LONGEST)], [SHORT, Math.ceil(STEPS / 2 / SHORT)]]) {
  it(`the package does what the model does, in ${runs} programs of ${length} steps`, async (test) => {
    const program = fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: length, size: 'max' });
    let pkg;
    let left = 0;
    let steps = 0;
    const seed = Number(process.env.WASM_LEND_SEED ?? Date.now() & 0x7fffffff);
    await fc.assert(
      fc.asyncProperty(program, async (numbers) => {
        // A new instance now and then, because the model does not know that the handles of a slot can run out.
        if (left < numbers.length) [pkg, left] = [await loadCopy(test, 'web'), LONGEST];
        left -= numbers.length;
        steps += numbers.length;
        try {
          await new Program(pkg, { unwinds }).run(numbers);
        } catch (error) {
          // After a failure the state of the instance is unknown.
          left = 0;
          throw error;
        }
      }),
      { numRuns: runs, seed, endOnFailure: false, interruptAfterTimeLimit: 240_000 * Math.max(1, STEPS / 100_000), markInterruptAsFailure: true },
    );
    test.diagnostic(`${steps} steps, seed ${seed}${growing ? ', memory growing in each call' : ''}`);
  });
}
