// node run.mjs PACKAGE --name ENGINE --host PACKAGE --plugins FOLDER [--checks PACKAGE] [--browser NAME --executable PATH] [--only TEXT] [--json FILE] [--against FILE]
// Measures the topics one after the other. Prints nanoseconds for orientation; the ratios are the result.

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

import { openPage } from '../tests/js/browser.mjs';
import { addFigures, readFigures, slowerThan } from './figures.mjs';
import { limitIn } from './topics/call.mjs';
import { TOPICS } from './topics/index.mjs';

const { values: options, positionals: [directory] } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: 'string' }, browser: { type: 'string' }, checks: { type: 'string' }, executable: { type: 'string' }, json: { type: 'string' }, plugins: { type: 'string' }, host: { type: 'string' }, name: { type: 'string' }, only: { type: 'string', default: '' },
  },
});
/** The engine whose limits hold. */
const name = options.name ?? options.browser ?? ('Bun' in globalThis ? 'bun' : 'node');
/** The rows of one topic take minutes in a browser. */
const TIMEOUT = 900_000;

const topics = TOPICS.filter(({ needs = [] }) => options.checks !== undefined || !needs.includes('checked'));

/** Adds the times of a topic. A name in two topics would compare calls of two processes. @param {Record<string, number[]>} all @param {Record<string, number[]>} times */
function add(all, times) {
  const twice = Object.keys(times).find((name) => name in all);
  if (twice !== undefined) throw new Error(`two topics have the call ${twice}`);
  Object.assign(all, times);
}

/** Measures each topic in a process of its own. */
function inProcesses() {
  const times = {};
  for (const { name } of topics) {
    const settings = { topic: name, only: options.only, directory, host: options.host, plugins: options.plugins, checks: options.checks };
    const script = fileURLToPath(new URL('topic.mjs', import.meta.url));
    const flags = 'Bun' in globalThis ? [] : ['--expose-gc'];
    const child = spawnSync(process.execPath, [...flags, script, JSON.stringify(settings)], {
      stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 1 << 26,
    });
    if (child.status !== 0) throw new Error(`the topic ${name} has failed`);
    add(times, JSON.parse(child.stdout));
  }
  return { times, version: globalThis.Bun?.version ?? process.version.slice(1) };
}

/** Measures each topic in a page of its own. */
async function inBrowser() {
  const times = {};
  let version = '';
  for (const { name } of topics) {
    const opened = await openPage({
      browser: options.browser,
      executable: options.executable,
      folders: { '/pkg/': directory, '/host/': options.host, '/plugins/': options.plugins },
      timeout: TIMEOUT,
    });
    try {
      add(times, await opened.result(`/benches/page.html?topic=${name}&only=${encodeURIComponent(options.only)}`));
      version = opened.version;
    } finally {
      await opened.close();
    }
  }
  return { times, version };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const summary = (numbers) => ({ median: median(numbers), low: Math.min(...numbers), high: Math.max(...numbers) });

const { times, version } = options.browser ? await inBrowser() : inProcesses();
const rows = TOPICS.flatMap(({ ratios }) => ratios).filter(({ of, over }) => of in times && over in times);
const report = rows.map((row) => ({
  of: row.of,
  over: row.over,
  // Both times are of the same round, in which the calls ran one right after the other.
  ...summary(times[row.of].map((time, round) => time / times[row.over][round])),
  limit: limitIn(row, name),
}));

console.log(`\n${name} ${version}: nanoseconds per call, for orientation (median of the rounds)`);
for (const [call, rounds] of Object.entries(times)) console.log(`${median(rounds).toFixed(1).padStart(12)}  ${call}`);
console.log(`\n${name} ${version}: ratios (median, and spread over the rounds)`);
for (const { of, over, median, low, high, limit } of report) {
  // "level with": the fastest round holds the limit, so that this run does not prove that the limit is missed.
  const verdict = median <= limit ? 'holds' : low <= limit ? 'level with' : 'MISSES';
  const promise = limit === null ? '' : `  ${verdict} ≤ ${Number(limit.toFixed(3))}`;
  console.log(`${median.toFixed(3).padStart(9)}  (${low.toFixed(3)}–${high.toFixed(3)})  ${of}  /  ${over}${promise}`);
}

const nanoseconds = Object.fromEntries(Object.entries(times).map(([call, rounds]) => [call, summary(rounds)]));
const entry = { engine: name, version, nanoseconds, ratios: report.map(({ limit, ...measured }) => measured) };
if (options.json) addFigures(options.json, entry, options.only !== '');
if (options.against) {
  const slower = slowerThan(entry, readFigures(options.against));
  console.log(`\n${name} ${version}: ${slower.length} ratios are larger in every round than in any round of ${options.against}`);
  for (const { of, over, median, before } of slower) console.log(`${before.toFixed(3).padStart(9)} → ${median.toFixed(3)}  ${of}  /  ${over}`);
}
