// Where foreign code runs while a call has its arguments.

/**
 * @typedef {import('./kinds.mjs').Kind} Kind
 * @typedef {object} Point
 * @property {string} title
 * @property {string} text What a reader has to know of it.
 * @property {boolean} [isBefore] The call has not been made yet.
 * @property {boolean} [isUnmoved] Nothing was moved to the function yet.
 * @property {boolean} [isInside] The function's own frames are on the stack, and an exception goes through them.
 * @property {boolean} [isLater] The call has returned a promise.
 * @property {boolean} [isReported] What foreign code throws is nobody's.
 * @property {(kind: Kind) => number} total The call's result.
 * @property {string} [refusal] Or how it is refused.
 * @property {string} [throws] How it ends where foreign code throws, if not with the same error.
 * @property {(pkg: any, kind: Kind, value: any, run: () => void) => any} call Makes the call, in which `run` runs: `foreign_code` of Rust calls it too.
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

/** @param {() => void} run An array with a `$lent` of its own, which is false. */
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
    text: `The runtime asks each argument whether it is a buffer, and the argument after this one is an array with a getter for that. The call has not
been made: foreign code has the first argument for itself, and the call is refused if that is gone then. What the getter throws is nobody's.`,
    isBefore: true,
    total: ({ total }) => total + WORDS,
    call: (_, kind, value, run) => kind.call('second', value, withLent(run)),
  },
  {
    title: 'A getter in a value',
    text: 'The list of a `Vec<String>` has a getter. The call has all its borrows, and has moved nothing. What the getter throws is quoted by the\nrefusal of the list.',
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
    title: 'The drop of an argument that was converted, when a later one is refused',
    text: 'A type of the user has `FromJs` and `Drop`, and the argument after it is no list. Nothing was moved.',
    total: ({ total }) => total,
    isUnmoved: true,
    refusal: 'throws `ERR_LEND_TYPE`',
    call: (_, kind, value) => kind.call('refused', value, 1, 5),
  },
  {
    title: 'A callback',
    text: 'The function calls its `Callback`, and passes on what that throws.',
    total: ({ total }) => total,
    call: (_, kind, value, run) => kind.call('callback', value, run),
  },
  {
    title: 'A step of an iterator of Rust',
    text: 'The callback runs through an `Iter`, whose `next` calls an import without `catch`.',
    total: ({ total }) => total,
    call: (pkg, kind, value) => kind.call('callback', value, () => void [...pkg.anywhere.steps()]),
  },
  {
    title: 'An import without `catch`',
    text: 'The function calls a function of JavaScript. What that throws goes through the frames of the function, and runs no destructor in them.',
    isInside: true,
    total: ({ total }) => total,
    call: (_, kind, value) => kind.call('import', value),
  },
  {
    title: 'The drop of an argument that was converted',
    text: 'In the function, by its `Drop`, which calls an import without `catch`.',
    isInside: true,
    total: ({ total }) => total,
    call: (_, kind, value) => kind.call('argument', value, 1),
  },
  {
    title: 'The drop of a result',
    text: 'A type of the user has `IntoJs` and `Drop`. The function has returned; its borrows have not ended.',
    total: ({ total }) => total,
    call: (_, kind, value) => kind.call('result', value),
  },
  {
    title: 'A reaction of a promise',
    text: 'An `async fn` has its argument, and waits for the promise. What the reaction throws is what the promise is rejected with.',
    isLater: true,
    total: ({ total }) => total,
    call: (_, kind, value, run) => later(kind, value, reaction(run)),
  },
];

/** @param {Kind} kind @param {any} value @param {Promise<void>} promise */
const later = (kind, value, promise) => /** @type {any} */ (kind).later(value, promise);

const LEAKED = 77;

/** The one that needs a garbage collector. @type {Point} */
export const FINALIZER = {
  title: 'A finalizer',
  text: 'A listener of `lend.onLeak` is told of a buffer that was collected, while an `async fn` has its argument. What the listener throws is reported.',
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
    // The nursery gives up what outlives the task that has made it.
    await new Promise((resolve) => setTimeout(resolve, 1));
    globalThis.gc?.();
  }
}

