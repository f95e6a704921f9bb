// `node:test`, as far as the suites use it.

/** @type {{ name: string, run: (context: object) => unknown }[]} */
const tests = [];
let outer = '';

export function describe(name, body) {
  outer = `${name}: `;
  body();
  outer = '';
}

export function it(name, ...rest) {
  tests.push({ name: outer + name, run: rest.at(-1) });
}

/** Runs them one after the other. */
export async function results() {
  const failed = [];
  for (const { name, run } of tests) {
    try {
      await run({ after() {}, diagnostic() {} });
    } catch (error) {
      failed.push(`${name}: ${error?.stack?.includes(error.message) ? error.stack : `${error}\n${error?.stack}`}`);
    }
  }
  return { passed: tests.length - failed.length, failed };
}
