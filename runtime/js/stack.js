// @ts-check
// The engine's stack: as much of it as there is, and what it says of wasm.

/** What an error has to have while it is made, where the host lets it. @type {Array<[string, unknown]>} */
const WHOLE = [['stackTraceLimit', Infinity], ['prepareStackTrace', undefined]];

/**
 * Makes an error whose stack the engine does not cut off, and that nobody else formats.
 * @template T @param {() => T} make @returns {T}
 */
export function withWholeStack(make) {
  const earlier = WHOLE.map(([name]) => Object.getOwnPropertyDescriptor(Error, name));
  const mayBeSet = earlier.map((descriptor) => (descriptor === undefined ? Object.isExtensible(Error) : descriptor.writable === true));
  WHOLE.forEach(([name, value], i) => {
    if (mayBeSet[i]) /** @type {any} */ (Error)[name] = value;
  });
  try {
    return make();
  } finally {
    WHOLE.forEach(([name], i) => {
      const descriptor = earlier[i];
      if (!mayBeSet[i]) return;
      if (descriptor === undefined) delete (/** @type {any} */ (Error)[name]);
      else /** @type {any} */ (Error)[name] = descriptor.value;
    });
  }
}

/** Where what follows was not called by what stands before: V8, then SpiderMonkey (`async*f@…`, `promise callback*f@…`). */
const IS_ASYNC = /^\s*at async |^[\w ]*\*/;

/** @returns {Array<string | null>} The frames from the innermost on: of wasm how the module is shown, else null. */
function wasmFrames() {
  const stack = withWholeStack(() => new Error().stack);
  const lines = String(stack ?? '').split('\n');
  const async = lines.findIndex((line) => IS_ASYNC.test(line));
  // V8 and SpiderMonkey say which module it is; JavaScriptCore that it is one.
  return (async === -1 ? lines : lines.slice(0, async)).map((line) => /([^\s(@]*):wasm-function\[/.exec(line)?.[1] ?? (/\[wasm code\]/.test(line) ? 'wasm' : null));
}

/**
 * What the stack says of wasm. The innermost frames of wasm are those of the start that is under way; the same module further out, or the one of the
 * instance that was started before, has a call that is still running. Its frames have handles and addresses that are nobody's in a new instance.
 * @param {string} before How stacks show the module of the instance before.
 */
export function wasmOnStack(before) {
  const frames = wasmFrames();
  const first = frames.findIndex((frame) => frame !== null);
  const own = frames[first] ?? '';
  const starting = frames.findIndex((frame, index) => index > first && frame === null);
  const outer = first === -1 || starting === -1 ? [] : frames.slice(starting);
  return { own, isRunning: outer.some((frame) => frame !== null && (frame === own || frame === before)) };
}
