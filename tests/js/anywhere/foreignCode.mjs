// Foreign code, what it does, and what the test sees of it.

import assert from 'node:assert/strict';

/**
 * @typedef {object} Subject The argument of the outer call.
 * @property {any} pkg
 * @property {any} value
 * @property {import('./kinds.mjs').Kind} kind
 *
 * @typedef {object} Action
 * @property {string} name
 * @property {boolean} [throws]
 * @property {boolean} [isPlain] It does nothing except return or throw.
 * @property {boolean} [frees]
 * @property {boolean} [moves]
 * @property {(subject: Subject) => unknown} [run] Absent if this cannot be done with such an argument.
 */

/** The actions on the argument of the outer call. @type {(kind: any) => Action[]} */
export const actionsOn = (kind) => [
  { name: 'returns', isPlain: true, run() {} },
  { name: 'throws', isPlain: true, throws: true, run() {} },
  { name: 'reads it', run: ({ value }) => kind.look(value) },
  { name: 'frees it', frees: true, run: kind.free && (({ value }) => kind.free(value)) },
  { name: 'frees it, and throws', frees: true, throws: true, run: kind.free && (({ value }) => kind.free(value)) },
  { name: 'moves it', moves: true, run: ({ value }) => kind.move(value) },
  { name: 'moves it, and throws', moves: true, throws: true, run: ({ value }) => kind.move(value) },
  { name: 'grows memory', run: ({ pkg }) => grow(pkg) },
  { name: 'frees an instance', run: ({ pkg }) => pkg.Held.acting().free() },
];

/** @param {any} pkg */
export function grow(pkg) {
  const before = pkg.lend.stats().memoryBytes;
  pkg.model.grow(1);
  assert.ok(pkg.lend.stats().memoryBytes > before);
}

/** @param {() => unknown} run @returns {string} What happens to a call. */
export function met(run) {
  try {
    run();
    return 'runs';
  } catch (error) {
    if (/** @type {any} */ (error)?.code?.startsWith('ERR_LEND_')) return `\`${error.code}\``;
    throw error;
  }
}

/** One piece of foreign code for one call. It runs once. */
export class ForeignCode {
  error = new Error('of foreign code');
  runs = 0;
  /** What happened to its action. @type {string} */
  met = '';
  /** An error in the test itself. @type {unknown} */
  failure = null;

  /** @param {Action} action @param {Subject} subject */
  constructor(action, subject) {
    this.action = action;
    this.subject = subject;
    /** @type {any} */ (globalThis).foreignCode = this.run;
  }

  /** Starts it from JavaScript. */
  start = () => /** @type {any} */ (globalThis).foreignCode();

  run = () => {
    // The action may drop something that runs foreign code again.
    /** @type {any} */ (globalThis).foreignCode = () => {};
    this.runs += 1;
    if (this.runs > 1) return;
    try {
      this.met = met(() => this.action.run?.(this.subject));
    } catch (failure) {
      this.failure = failure;
    }
    if (this.action.throws) throw this.error;
  };

  /** @param {() => any} call @returns {Promise<{ result?: any, thrown?: unknown }>} The outcome of the outer call. */
  async outcome(call) {
    try {
      const result = call();
      return { result: result instanceof Promise ? await result : result };
    } catch (thrown) {
      return { thrown };
    }
  }

  /** @param {unknown} thrown @returns {string} */
  describe(thrown) {
    if (thrown === this.error) return 'throws it';
    // The engine's error for an array that was transferred away.
    if (thrown instanceof TypeError) return 'throws a `TypeError`';
    const { code } = /** @type {any} */ (thrown);
    if (!code?.startsWith('ERR_LEND_')) throw thrown;
    return `throws \`${code}\``;
  }

  check() {
    if (this.failure !== null) throw this.failure;
    assert.equal(this.runs, 1, 'foreign code has run once');
  }
}

/**
 * Collects the errors that are reported because no call can throw them.
 * @param {() => Promise<void>} body @returns {Promise<unknown[]>}
 */
export async function reported(body) {
  const place = /** @type {any} */ (globalThis);
  const { reportError, queueMicrotask: plain } = place;
  const { error } = console;
  /** @type {unknown[]} */
  const reports = [];
  place.reportError = (/** @type {unknown} */ thrown) => void reports.push(thrown);
  console.error = (/** @type {any[]} */ ...values) => void reports.push(values.at(-1));
  // JavaScript listeners run in microtasks. What they throw is reported, as for listeners of events.
  place.queueMicrotask = (/** @type {() => void} */ f) =>
    plain(() => {
      try {
        f();
      } catch (thrown) {
        reports.push(thrown);
      }
    });
  try {
    await body();
    await settled();
  } finally {
    Object.assign(place, { reportError, queueMicrotask: plain });
    if (reportError === undefined) delete place.reportError;
    console.error = error;
  }
  return reports;
}

/** Waits for the pending microtasks and for those that they start. */
export async function settled() {
  for (let i = 0; i < 8; i++) await null;
}

/** @param {string[]} columns @param {[string, string[]][]} rows @returns {string} Rows with the same cells are merged. */
export function table(columns, rows) {
  /** @type {Map<string, string[]>} */
  const alike = new Map();
  for (const [name, cells] of rows) {
    const line = cells.join(' | ');
    alike.set(line, [...(alike.get(line) ?? []), name]);
  }
  const head = [`| outer | ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length + 1)}`];
  return [...head, ...[...alike].map(([line, names]) => `| ${names.join('; ')} | ${line} |`)].join('\n');
}
