// The points at which foreign code runs while a call has its arguments.

/**
 * @typedef {import('./kinds.mjs').Kind} Kind
 * @typedef {object} Point
 * @property {string} title
 * @property {string} text The explanation in the document.
 * @property {boolean} [isBefore] The call has not been made yet.
 * @property {boolean} [isUnmoved] No argument has been moved to the function yet.
 * @property {boolean} [isInside] The function's own frames are on the stack, and an exception passes through them.
 * @property {boolean} [isLater] The call has returned a promise.
 * @property {boolean} [isReported] What foreign code throws cannot reach any caller, and is reported.
 * @property {(kind: Kind) => number} total The call's result.
 * @property {string} [refusal] The refusal of the call, if it has no result.
 * @property {string} [throws] What the call throws when foreign code throws, if that is not the same error.
 * @property {(pkg: any, kind: Kind, value: any, run: () => void) => any} call Makes the call, during which `run` runs. Rust's `foreign_code` calls it too.
 */

const WORDS = 2;

/** @param {() => void} run */
function withGetter(run) {
  const list = ['first', 'second'];
  Object.defineProperty(list, 1, {
    get() {
      run();
      return 'second';
    },
  });
  return list;
}

/** @param {() => void} run */
function withTrap(run) {
  let hasRun = false;
  return new Proxy(['first', 'second'], {
    get(list, key) {
      if (key === '1' && !hasRun) {
        hasRun = true;
        run();
      }
      return Reflect.get(list, key);
    },
  });
}

/** @param {() => void} run */
async function reaction(run) {
  await null;
  run();
}

/** An array with its own `$lent`, a getter that returns false. @param {() => void} run */
const withLent = (run) =>
  Object.defineProperty(Uint8Array.of(1, 2), '$lent', {
    get() {
      run();
      return false;
    },
  });

/** @type {Point[]} */
export const POINTS = [
  {
    title: 'Before the call',
    text: `The runtime asks each argument whether it is a buffer. The next argument is an array with a getter that answers this question. The call
has not been made yet, so foreign code may do anything with the first argument. If it is freed or moved by then, the call is refused.
What the getter throws is ignored.`,
    isBefore: true,
    total: ({ total }) => total + WORDS,
    call: (_, kind, value, run) => kind.call('second', value, withLent(run)),
  },
  {
    title: 'A getter in a value',
    text: 'The list for a `Vec<String>` has a getter. The call has all its borrows and has moved nothing yet. If the getter throws, the list is\nrefused, and the message quotes what the getter threw.',
    isUnmoved: true,
    throws: 'throws `ERR_LEND_TYPE`',
    total: ({ total }) => total + WORDS,
    call: (_, kind, value, run) => kind.call('convert', value, withGetter(run)),
  },
  {
    title: 'A trap of a Proxy',
    text: 'The list is a `Proxy`.',
    isUnmoved: true,
    throws: 'throws `ERR_LEND_TYPE`',
    total: ({ total }) => total + WORDS,
    call: (_, kind, value, run) => kind.call('convert', value, withTrap(run)),
  },
  {
    title: 'The drop of a converted argument when a later argument is refused',
    text: 'A user\'s type has `FromJs` and `Drop`, and the next argument is not a list. Nothing has been moved.',
    total: ({ total }) => total,
    isUnmoved: true,
    refusal: 'throws `ERR_LEND_TYPE`',
    call: (_, kind, value) => kind.call('refused', value, 1, 5),
  },
  {
    title: 'A callback',
    text: 'The function calls its `Callback` and returns what the callback throws.',
    total: ({ total }) => total,
    call: (_, kind, value, run) => kind.call('callback', value, run),
  },
  {
    title: 'A step of a Rust iterator',
    text: 'The callback iterates over an `Iter`. Its `next` calls an import without `catch`.',
    total: ({ total }) => total,
    call: (pkg, kind, value) => kind.call('callback', value, () => void [...pkg.anywhere.steps()]),
  },
  {
    title: 'An import without `catch`',
    text: 'The function calls a JavaScript function. What this throws passes through the frames of the Rust function and runs no destructors there.',
    isInside: true,
    total: ({ total }) => total,
    call: (_, kind, value) => kind.call('import', value),
  },
  {
    title: 'The drop of a converted argument',
    text: 'The function drops the argument. Its `Drop` calls an import without `catch`.',
    isInside: true,
    total: ({ total }) => total,
    call: (_, kind, value) => kind.call('argument', value, 1),
  },
  {
    title: 'The drop of a result',
    text: 'A user\'s type has `IntoJs` and `Drop`. The function has returned. Its borrows have not ended yet.',
    total: ({ total }) => total,
    call: (_, kind, value) => kind.call('result', value),
  },
  {
    title: 'A reaction of a promise',
    text: 'An `async fn` has its argument and waits for a promise. If the reaction throws, the promise is rejected with the same error.',
    isLater: true,
    total: ({ total }) => total,
    call: (_, kind, value, run) => later(kind, value, reaction(run)),
  },
];

/** @param {Kind} kind @param {any} value @param {Promise<void>} promise */
const later = (kind, value, promise) => /** @type {any} */ (kind).later(value, promise);

const LEAKED = 77;

/** The point that needs a garbage collector. @type {Point} */
export const FINALIZER = {
  title: 'A finalizer',
  text: 'A listener of `lend.onLeak` is called for a collected buffer while an `async fn` has its argument. What the listener throws is reported.',
  isLater: true,
  isReported: true,
  total: ({ total }) => total,
  async call(pkg, kind, value, run) {
    let collected = false;
    pkg.lend.onLeak((/** @type {any} */ { length }) => {
      if (length !== LEAKED) return;
      pkg.lend.onLeak(null);
      collected = true;
      run();
    });
    const result = later(kind, value, untilCollected(() => collected));
    (() => void pkg.lend.alloc(Uint8Array, LEAKED))();
    return result;
  },
};

/** @param {() => boolean} isCollected */
async function untilCollected(isCollected) {
  for (let round = 0; round < 200 && !isCollected(); round++) {
    // A buffer leaves the nursery when it outlives the task that made it.
    await new Promise((resolve) => setTimeout(resolve, 1));
    globalThis.gc?.();
  }
}

