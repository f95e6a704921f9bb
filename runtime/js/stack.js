// @ts-check
// Reads the stacks of errors: all of their frames, and which of them are wasm.

/** How `Error` has to be set while such an error is made, where the host allows it. @type {Array<[string, unknown]>} */
const WHOLE = [['stackTraceLimit', Infinity], ['prepareStackTrace', undefined]];

/**
 * Makes an error with its whole stack, in the engine's own format.
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

/** The first line of frames that did not call those above them: V8, then SpiderMonkey (`async*f@…`, `promise callback*f@…`). */
const IS_ASYNC = /^\s*at async |^[\w ]*\*/;

/** @returns {Array<string | null>} The frames from the innermost on: for wasm the module as the engine shows it, else null. */
function wasmFrames() {
  const stack = withWholeStack(() => new Error().stack);
  const lines = String(stack ?? '').split('\n');
  const async = lines.findIndex((line) => IS_ASYNC.test(line));
  // V8 and SpiderMonkey name the module. JavaScriptCore only says that it is wasm.
  return (async === -1 ? lines : lines.slice(0, async)).map((line) => /([^\s(@]*):wasm-function\[/.exec(line)?.[1] ?? (/\[wasm code\]/.test(line) ? 'wasm' : null));
}

/**
 * The first wasm frames are those of the start. If there are more frames of this module or of the old one below them, a call is still running.
 * Those frames have handles and addresses that mean nothing in a new instance.
 * @param {string} before The module of the instance before, as stacks show it.
 */
export function wasmOnStack(before) {
  const frames = wasmFrames();
  const first = frames.findIndex((frame) => frame !== null);
  const own = frames[first] ?? '';
  const starting = frames.findIndex((frame, index) => index > first && frame === null);
  const outer = first === -1 || starting === -1 ? [] : frames.slice(starting);
  return { own, isRunning: outer.some((frame) => frame !== null && (frame === own || frame === before)) };
}
