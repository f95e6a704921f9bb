// node topic.mjs SETTINGS: measures the calls of one topic, for `benches/run.mjs`, and prints the times of their rounds as JSON.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { measure } from './measure.mjs';
import { callsOf } from './topics/index.mjs';

const { topic, only, directory, host, plugins, checks } = JSON.parse(process.argv[2]);

/** @param {string} folder @param {string} name */
async function load(folder, name = 'benches') {
  const pkg = await import(pathToFileURL(join(folder, `${name}.js`)).href);
  const raw = pkg.initSync({ module: readFileSync(join(folder, `${name}_bg.wasm`)) });
  return { pkg, raw };
}

const packages = {
  ...await load(directory),
  // Only the topic that compares both packages has the one with checks: it would change what the engine knows of shared functions.
  checked: topic === 'checks' ? (await load(checks)).pkg : undefined,
  host: (await load(host, 'plugin_tests_host')).pkg,
  bytes: async (/** @type {string} */ name) => readFileSync(join(plugins, name, `${name}.wasm`)),
};
const times = await measure(await callsOf(topic, only, packages));
process.stdout.write(JSON.stringify(times));
