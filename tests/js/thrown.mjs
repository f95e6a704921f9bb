// What tests do with calls, in Node and in browsers.

/**
 * What a refused call throws.
 * @param {() => unknown} call
 */
export function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/**
 * Collects garbage and lets finalizers run, until `done` or for ten seconds.
 * @param {() => boolean} done
 */
export async function collectGarbage(done) {
  for (const end = Date.now() + 10_000; !done() && Date.now() < end; ) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
