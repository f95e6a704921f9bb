// All topics, in the order of the report.

import { checks } from './checks.mjs';
import { handles, plainArrays } from './handles.mjs';
import { jobs } from './jobs.mjs';
import { classes, values } from './objects.mjs';
import { plugins } from './plugins.mjs';
import { results } from './results.mjs';
import { scalars, strings } from './scalars.mjs';

/** @type {import('./call.mjs').Topic[]} */
export const TOPICS = [handles, plainArrays, results, classes, values, jobs, scalars, strings, checks, plugins];

/**
 * The calls of a topic whose names match.
 * @param {string} name
 * @param {string} only A regular expression.
 * @param {import('./call.mjs').Packages} packages
 */
export async function callsOf(name, only, packages) {
  const topic = TOPICS.find((topic) => topic.name === name);
  if (topic === undefined) throw new Error(`no topic has the name ${name}`);
  const calls = (await topic.calls(packages)).filter(({ name }) => new RegExp(only).test(name));
  checkSameWork(calls);
  return calls;
}

/**
 * Calls each function once. Calls that are compared must do the same work, so both sides must have the same result.
 * @param {import('./call.mjs').Call[]} calls
 */
export function checkSameWork(calls) {
  const results = new Map(calls.map(({ name, f, args }) => [name, f(...args)]));
  for (const [name, result] of results) {
    if (typeof result !== 'number' && typeof result !== 'boolean') throw new Error(`${name} returns ${result}, not a number`);
    const twin = name.replace(/^wasm-lend /, 'wasm-bindgen ');
    if (results.has(twin) && !Object.is(results.get(twin), result)) {
      throw new Error(`${name} has the result ${result}, and ${twin} has ${results.get(twin)}`);
    }
  }
}
