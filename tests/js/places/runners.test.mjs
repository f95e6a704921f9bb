// The package in the test runners of its users: vitest, and jest in Node and with jsdom.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { directory } from '../packages.mjs';

const require = createRequire(import.meta.url);
const CHECK = fileURLToPath(new URL('check.mjs', import.meta.url));

/** A project with the package, in a folder of the checkout so that it finds its tools. @param {import('node:test').TestContext} test @param {string} target */
async function project(test, target) {
  const parent = join(directory('places', '..'), '../places-projects');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'project-'));
  test.after(() => rm(folder, { recursive: true }));
  await cp(directory('places', target), join(folder, 'pkg'), { recursive: true });
  await cp(CHECK, join(folder, 'check.mjs'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

/** The code that starts the package. @param {string} target */
const starts = (target) => (target !== 'web' ? '' : `
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
pkg.initSync({ module: readFileSync(dirname(fileURLToPath(import.meta.url)) + '/pkg/places_bg.wasm') });`);

/** @param {string} program @param {string[]} args @param {string} folder @param {Record<string, string>} [env] */
function run(program, args, folder, env = {}) {
  const { NODE_OPTIONS, NODE_TEST_CONTEXT, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8', env: { ...inherited, ...env, CI: '1' } });
  assert.equal(status, 0, stdout + stderr);
  return stdout + stderr;
}

for (const target of ['web', 'experimental-nodejs-module']) {
  it(`passes in vitest (${target})`, async (test) => {
    const folder = await project(test, target);
    await writeFile(join(folder, 'a.test.mjs'), `
import { expect, it } from 'vitest';
import * as pkg from './pkg/places.js';
import { check } from './check.mjs';
${starts(target)}
it('works', async () => expect(await check(pkg)).toBe('ok'));`);
    const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs');
    assert.match(run(vitest, ['run', '--root', folder], folder), /1 passed/);
  });

  for (const environment of ['node', 'jsdom']) {
    it(`passes in jest, in the environment ${environment} (${target})`, async (test) => {
      const folder = await project(test, target);
      await writeFile(join(folder, 'a.test.mjs'), `
import * as pkg from './pkg/places.js';
import { check } from './check.mjs';
${starts(target)}
it('works', async () => expect(await check(pkg)).toBe('ok'));`);
      await writeFile(join(folder, 'jest.config.json'), JSON.stringify({
        testEnvironment: require.resolve(environment === 'jsdom' ? 'jest-environment-jsdom' : 'jest-environment-node'),
        transform: {}, testMatch: ['**/*.test.mjs'], moduleFileExtensions: ['mjs', 'js', 'json', 'wasm'],
      }));
      const jest = join(require.resolve('jest/package.json'), '../bin/jest.js');
      assert.match(run(jest, ['--rootDir', folder], folder, { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }), /1 passed/);
    });
  }
}
