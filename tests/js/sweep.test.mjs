// Passes every kind of JavaScript value to every kind of parameter. Each value is accepted, or a LendError names the function and the
// parameter. Nothing is lost or left borrowed. The test prints the outcome of each value over all kinds of parameter.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import vm from 'node:vm';

import { load, loadCopy, TARGETS } from './packages.mjs';

const thrower = () => {
  throw new RangeError('thrown by a getter');
};

/** @param {(array: any) => any} spoil */
const spoiled = (spoil, array = new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 }), 0, 8)) => {
  spoil(array);
  return array;
};

/** @param {any} target */
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/**
 * The values by name: how each is made.
 * @param {any} pkg @param {any} other Another package.
 * @returns {Record<string, () => any>}
 */
function values(pkg, other) {
  const { lend, Series, Particle } = pkg;
  const freed = (/** @type {any} */ held) => {
    held.free();
    return held;
  };
  return {
    undefined: () => undefined,
    null: () => null,
    true: () => true,
    0: () => 0,
    '-0': () => -0,
    255: () => 255,
    256: () => 256,
    '-1': () => -1,
    1.5: () => 1.5,
    NaN: () => NaN,
    Infinity: () => Infinity,
    '2 ** 53': () => 2 ** 53,
    '1e300': () => 1e300,
    '0n': () => 0n,
    '2n ** 64n': () => 2n ** 64n,
    '2n ** 200n': () => 2n ** 200n,
    '-1n': () => -1n,
    "''": () => '',
    "'x'": () => 'x',
    "'north'": () => 'north',
    'a long string': () => 'ä'.repeat(100_000),
    'half a pair': () => '\ud800',
    'a symbol': () => Symbol('s'),
    'a function': () => () => 1,
    'an async function': () => async () => 1,
    'a class': () => class {},
    '{}': () => ({}),
    'Object.create(null)': () => Object.create(null),
    '{ x: 1 }': () => ({ x: 1 }),
    'a getter that throws': () => ({ get x() { return thrower(); }, get $lent() { return thrower(); }, get length() { return thrower(); } }),
    'toString that throws': () => ({ toString: thrower, valueOf: thrower, [Symbol.toPrimitive]: thrower }),
    'a constructor that throws': () => Object.create({ get constructor() { return thrower(); } }),
    'frozen {}': () => Object.freeze({}),
    '[]': () => [],
    '[1, 2, 3]': () => [1, 2, 3],
    "['a']": () => ['a'],
    '[1, "a", true]': () => [1, 'a', true],
    '[[1], [2]]': () => [[1], [2]],
    'an array that throws': () => Object.defineProperty([1, 2], 0, { get: thrower }),
    'an iterable that throws': () => ({ [Symbol.iterator]: thrower, length: 1 }),
    '{ length: 2 ** 40 }': () => ({ length: 2 ** 40 }),
    '{ length: -1 }': () => ({ length: -1 }),
    Uint8Array: () => new Uint8Array([1, 2, 3]),
    Uint8ClampedArray: () => new Uint8ClampedArray(2),
    Float32Array: () => new Float32Array([1, 2]),
    BigUint64Array: () => new BigUint64Array(2),
    'an empty Uint8Array': () => new Uint8Array(0),
    'a detached array': () => spoiled((array) => structuredClone(array.buffer, { transfer: [array.buffer] })),
    'an array out of bounds': () => spoiled((array) => array.buffer.resize(2)),
    'a shared array': () => new Uint8Array(new SharedArrayBuffer(4)),
    'an array of another realm': () => vm.runInNewContext('new Uint8Array([1, 2])'),
    'an object of another realm': () => vm.runInNewContext('({ a: [1] })'),
    'a subclass of Uint8Array': () => new (class extends Uint8Array {})(2),
    'an array with properties': () => Object.assign(new Uint8Array(2), { $lent: true }),
    'a frozen Uint8Array': () => Object.preventExtensions(new Uint8Array(2)),
    'a Proxy of a Uint8Array': () => new Proxy(new Uint8Array(2), {}),
    ArrayBuffer: () => new ArrayBuffer(4),
    'a detached ArrayBuffer': () => spoiled((array) => structuredClone(array.buffer, { transfer: [array.buffer] })).buffer,
    DataView: () => new DataView(new ArrayBuffer(4)),
    Date: () => new Date(0),
    'an invalid Date': () => new Date(NaN),
    RegExp: () => /x/,
    Map: () => new Map([['a', [1]]]),
    Set: () => new Set([1]),
    WeakRef: () => new WeakRef({}),
    Promise: () => Promise.resolve(1),
    'a thenable that throws': () => ({ get then() { return thrower(); } }),
    Error: () => new Error('x'),
    'a Proxy': () => new Proxy({}, {}),
    'a Proxy that throws': () => new Proxy({}, { get: thrower, has: thrower, getPrototypeOf: thrower, ownKeys: thrower, getOwnPropertyDescriptor: thrower }),
    'a Proxy of a function that throws': () => new Proxy(() => 1, { get: thrower, apply: thrower, getPrototypeOf: thrower }),
    'a revoked Proxy': () => revoked({}),
    'a revoked Proxy of an array': () => revoked([]),
    'a revoked Proxy of a function': () => revoked(() => 1),
    ReadOnlyBuffer: () => lend.createReadOnlyBuffer(new Uint8Array([1, 2])),
    MutableBuffer: () => lend.createMutableBuffer(new Uint8Array([1, 2])),
    'a buffer of floats': () => lend.createMutableBuffer(new Float32Array([1, 2])),
    'a buffer of records': () => lend.alloc(Particle, 2),
    'a freed buffer': () => freed(lend.alloc(Uint8Array, 2)),
    'a buffer of another package': () => other.lend.alloc(Uint8Array, 2),
    'a Proxy of a buffer': () => new Proxy(lend.alloc(Uint8Array, 2), {}),
    'Object.create(buffer)': () => Object.create(lend.alloc(Uint8Array, 2)),
    'Object.create(prototype)': () => Object.create(pkg.MutableBuffer.prototype),
    "a buffer's view": () => lend.alloc(Uint8Array, 2).view,
    'records as objects': () => [{ id: 1n, x: 1, y: 2, velocity: [0, 0, 0], kind: 1 }],
    'an instance': () => Series.zeros(1),
    'a freed instance': () => freed(Series.zeros(1)),
    'an instance of another package': () => other.Series.zeros(1),
    'a Proxy of an instance': () => new Proxy(Series.zeros(1), {}),
    'Object.create(Series.prototype)': () => Object.create(Series.prototype),
    'an instance of wasm-bindgen': () => new pkg.Counter(1),
    'a freed instance of wasm-bindgen': () => freed(new pkg.Counter(1)),
    'a closure of Rust': () => pkg.closure_multiply(2),
    globalThis: () => globalThis,
  };
}

for (const target of TARGETS) {
  it(`accepts each value, or names the function and the parameter that refuse it (${target})`, async (test) => {
    const pkg = await load(target);
    const all = values(pkg, await loadCopy(test, 'web'));
    const { sweep, lend, LendError } = pkg;
    /** @type {string[]} */
    const wrong = [];
    /** @type {Record<string, Record<string, string>>} */
    const table = {};
    const now = () => {
      const { borrows, closures, objects, buffers } = lend.stats();
      return JSON.stringify({ borrows, closures, objects, buffers });
    };
    for (const [kind, f] of Object.entries(sweep)) {
      for (const [name, make] of Object.entries(all)) {
        lend.scope(() => {});
        const value = make();
        const before = now();
        let outcome = 'taken';
        let error;
        try {
          const result = f(value);
          if (result instanceof Promise) await result;
        } catch (thrown) {
          error = /** @type {any} */ (thrown);
          outcome = error?.code?.replace('ERR_LEND_', '') ?? 'raw';
          const isOurs = error instanceof LendError && error.message.startsWith(`sweep.${kind}(): argument \`x`);
          if (!isOurs) wrong.push(`${kind} of ${name}: ${error?.constructor?.name}: ${error?.message}`);
        }
        (table[name] ??= {})[kind] = outcome;
        if (error !== undefined && now() !== before) wrong.push(`${kind} of ${name}: ${before} became ${now()}`);
        try {
          if (typeof value?.free === 'function' && value !== globalThis) value.free();
        } catch {
          // The error of a Proxy, or one that was passed on.
        }
      }
    }
    if (target === 'nodejs' || process.env.WASM_LEND_TABLE) print(table);
    test.diagnostic(`${Object.keys(sweep).length} kinds of parameter, ${Object.keys(all).length} values`);
    assert.equal(wrong.join('\n'), '');
  });
}

/** @param {Record<string, Record<string, string>>} table */
function print(table) {
  for (const [name, row] of Object.entries(table)) {
    /** @type {Record<string, number>} */
    const counts = {};
    for (const outcome of Object.values(row)) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const shown = Object.entries(counts).sort().map(([outcome, count]) => `${outcome} ${count}`);
    console.log(`${name.padEnd(36)} ${shown.join(', ')}`);
  }
}
