// The functions of `node:test` that the suites use.

/** @type {{ name: string, run: (context: object) => unknown, hooks: Hooks }[]} */
const tests = [];
let outer = '';

/** @typedef {{ before: Function[], after: Function[] }} Hooks */
/** The hooks of the suite that is being defined. @type {Hooks} */
let hooks = { before: [], after: [] };

export function describe(name, body) {
  outer = `${name}: `;
  hooks = { before: [], after: [] };
  body();
  outer = '';
  hooks = { before: [], after: [] };
}

export function it(name, ...rest) {
  if (rest.length > 1 && rest[0].skip) return;
  tests.push({ name: outer + name, run: rest.at(-1), hooks });
}

export const beforeEach = (f) => void hooks.before.push(f);
export const afterEach = (f) => void hooks.after.push(f);

/** Runs the tests one after the other. */
export async function results() {
  const failed = [];
  for (const { name, run, hooks } of tests) {
    try {
      for (const f of hooks.before) await f();
      await run({ after() {}, diagnostic() {} });
      for (const f of hooks.after) await f();
    } catch (error) {
      failed.push(`${name}: ${error?.stack?.includes(error.message) ? error.stack : `${error}\n${error?.stack}`}`);
    }
  }
  return { passed: tests.length - failed.length, failed };
}
