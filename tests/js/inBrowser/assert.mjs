// The functions of `node:assert/strict` that the suites use.

const show = (value) => {
  try {
    return typeof value === 'string' ? value : JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part)) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
};

function fail(message, actual, expected) {
  throw new Error(`${message ?? 'assertion'}: got ${show(actual)}, expected ${show(expected)}`);
}

function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return a.getTime() === b.getTime();
  if (ArrayBuffer.isView(a)) return a.length === b.length && a.every((part, i) => Object.is(part, b[i]));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

const fits = (error, expected) => {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') return expected.prototype === undefined ? expected(error) : error instanceof expected;
  if (expected instanceof Error) return error === expected;
  return Object.entries(expected).every(([key, value]) => (value instanceof RegExp ? value.test(error[key]) : same(error[key], value)));
};

const assert = {
  ok: (value, message) => void (value || fail(message, value, true)),
  equal: (a, b, message) => void (Object.is(a, b) || fail(message, a, b)),
  notEqual: (a, b, message) => void (Object.is(a, b) && fail(message, a, `not ${show(b)}`)),
  deepEqual: (a, b, message) => void (same(a, b) || fail(message, a, b)),
  notDeepEqual: (a, b, message) => void (same(a, b) && fail(message, a, `not ${show(b)}`)),
  match: (text, pattern, message) => void (pattern.test(text) || fail(message, text, pattern)),
  throws(call, expected, message) {
    let error;
    try {
      call();
    } catch (thrown) {
      error = thrown;
      return fits(error, typeof expected === 'string' ? undefined : expected) || fail(message, String(error), expected);
    }
    fail(message ?? 'nothing was thrown', undefined, expected);
  },
  async rejects(promise, expected, message) {
    let error;
    try {
      await promise;
    } catch (thrown) {
      error = thrown;
      return fits(error, expected) || fail(message, `${error?.code} ${error}`, expected);
    }
    fail(message ?? 'nothing was thrown', undefined, expected);
  },
};

export default assert;
