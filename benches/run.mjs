// node run.mjs PACKAGE [--browser NAME --executable PATH] [--checks PACKAGE] [--plugins FOLDER --host PACKAGE] [--json FILE]
// Prints nanoseconds for orientation. The ratios are the result.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { openPage } from '../tests/js/browser.mjs';
import { measure } from './measure.mjs';
import { pluginCalls, pluginRatios } from './plugins.mjs';
import { calls, checkedCalls, ratios } from './rows.mjs';

const { values: options, positionals: [directory] } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: 'string' }, checks: { type: 'string' }, executable: { type: 'string' }, json: { type: 'string' }, plugins: { type: 'string' }, host: { type: 'string' }, name: { type: 'string' }, only: { type: 'string', default: '' },
  },
});
/** The engine whose limits hold. */
const engine = options.browser ?? ('Bun' in globalThis ? 'bun' : 'node');
const name = options.name ?? engine;

/** @param {string} folder */
async function load(folder, name = 'benches') {
  const pkg = await import(pathToFileURL(join(folder, `${name}.js`)).href);
  pkg.initSync({ module: readFileSync(join(folder, `${name}_bg.wasm`)) });
  return pkg;
}

const bytes = async (name) => readFileSync(join(options.plugins, name, `${name}.wasm`));

async function inNode() {
  const pkg = await import(pathToFileURL(join(directory, 'benches.js')).href);
  const raw = pkg.initSync({ module: readFileSync(join(directory, 'benches_bg.wasm')) });
  const checked = options.checks === undefined ? [] : checkedCalls(await load(options.checks));
  const linked = await pluginCalls(await load(options.host, 'plugin_tests_host'), bytes);
  return measure([...calls(pkg, raw), ...checked, ...linked].filter(({ name }) => new RegExp(options.only).test(name)));
}

async function inBrowser() {
  const page = await openPage({ browser: engine, executable: options.executable, folders: { '/pkg/': directory, '/host/': options.host, '/plugins/': options.plugins } });
  try {
    return await page.result(`/benches/page.html?only=${encodeURIComponent(options.only)}`);
  } finally {
    await page.close();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const summary = (numbers) => ({ median: median(numbers), low: Math.min(...numbers), high: Math.max(...numbers) });

const times = options.browser ? await inBrowser() : await inNode();
const report = [...ratios, ...pluginRatios].filter(({ of, over }) => of in times && over in times).map(({ of, over, limit, limits, engines }) => ({
  of,
  over,
  // Both times are of the same round, in which the calls ran one right after the other.
  ...summary(times[of].map((time, round) => time / times[over][round])),
  limit: limits?.[engine] ?? (limit !== undefined && (engines?.includes(engine) ?? true) ? limit : null),
}));

console.log(`\n${name}: nanoseconds per call, for orientation (median of ${Object.values(times)[0].length} rounds)`);
for (const [name, rounds] of Object.entries(times)) console.log(`${median(rounds).toFixed(1).padStart(12)}  ${name}`);
console.log(`\n${name}: ratios (median, and spread over the rounds)`);
for (const { of, over, median, low, high, limit } of report) {
  // "level with": the fastest round holds the limit, so that this run does not prove that the limit is missed.
  const verdict = median <= limit ? 'holds' : low <= limit ? 'level with' : 'MISSES';
  const promise = limit === null ? '' : `  ${verdict} ≤ ${Number(limit.toFixed(3))}`;
  console.log(`${median.toFixed(3).padStart(9)}  (${low.toFixed(3)}–${high.toFixed(3)})  ${of}  /  ${over}${promise}`);
}
if (options.json) {
  const nanoseconds = Object.fromEntries(Object.entries(times).map(([name, rounds]) => [name, summary(rounds)]));
  // One entry for each engine. Those that were measured before stay.
  const others = existsSync(options.json) ? JSON.parse(readFileSync(options.json, 'utf8')).filter(({ engine }) => engine !== name) : [];
  writeFileSync(options.json, `${JSON.stringify([...others, { engine: name, nanoseconds, ratios: report }], null, 2)}\n`);
}
