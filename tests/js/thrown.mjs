// Functions that run calls and check their errors, in Node and in browsers.

/**
 * Runs a call that has to throw, and returns the error.
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
 * Asserts that a call is refused with this code and this whole message.
 * @param {() => unknown} call @param {string} code @param {string} message
 */
export function refused(call, code, message) {
  const error = thrown(call);
  if (error.code !== code || error.message !== message) {
    throw new Error(`expected ${code}: ${message}\n     got ${error.code}: ${error.message}`, { cause: error });
  }
}

/**
 * Collects garbage and lets finalizers run, until `done` is true or ten seconds have passed.
 * @param {() => boolean} done
 */
export async function collectGarbage(done) {
  for (const end = Date.now() + 10_000; !done() && Date.now() < end; ) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
