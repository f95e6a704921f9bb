// A stack overflow in a call ends the instance, wherever it happens. `WASM_LEND_ROUNDS` is the number of rounds. Each round has another
// depth and its own instance.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadCopy, thrown } from './packages.mjs';

/** A browser has only 30 copies of the package. */
const ROUNDS = Number(globalThis.process?.env.WASM_LEND_ROUNDS ?? 12);

/** Calls `f` with this many more frames on the stack. @param {number} depth @param {() => unknown} f @returns {unknown} */
const down = (depth, f) => (depth === 0 ? f() : down(depth - 1, f));

/** What a callback does before it calls again. @type {Record<string, () => unknown>} */
const CALLBACKS = {
  'with an empty callback': () => {},
  'with a regular expression in the callback': () => /^(a|b)+c$/.test('abac'),
};

describe('a stack overflow in a call', () => {
  for (const [name, before] of Object.entries(CALLBACKS)) {
    it(`ends the instance, at ${ROUNDS} depths, ${name}`, async (test) => {
      for (let round = 0; round < ROUNDS; round++) {
        const pkg = await loadCopy(test, 'web');
        const buffer = pkg.lend.createMutableBuffer(new Uint8Array([1]));
        pkg.set_callback(() => {
          before();
          return pkg.shared_while(buffer);
        });
        // The engine forgets compiled functions, and compiling takes stack.
        for (let i = 0; i < 2; i++) globalThis.gc?.();
        const error = thrown(() => down(round, () => pkg.shared_while(buffer)));
        const at = `round ${round}: ${error}`;
        assert.equal(error.code, 'ERR_LEND_PANIC', at);
        assert.equal(error.message, 'the stack overflowed in a call', at);
        assert.match(error.cause.message, /^Maximum call stack size exceeded|^too much recursion$|: Stack overflow$/, at);
        for (const call of [() => pkg.sum(buffer), () => pkg.nothing(), () => pkg.lend.stats(), () => buffer.view, () => pkg.exclusive_while(buffer)]) {
          const later = thrown(call);
          assert.equal(later.code, 'ERR_LEND_POISONED', at);
          assert.equal(later.message, 'this instance cannot be used any more, since the stack overflowed in a call', at);
          assert.equal(later.cause, error, at);
        }
      }
    });
  }
});
