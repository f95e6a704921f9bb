// The npm package that docs/PUBLISHING.md describes: made of the files in the document, tested, packed, and checked with publint and attw.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';

import { directory } from '../packages.mjs';

const DOCUMENT = fileURLToPath(new URL('../../../docs/PUBLISHING.md', import.meta.url));
const skip = existsSync(DOCUMENT) ? false : 'docs/PUBLISHING.md is missing';

/** The code block of the document that has this text. @param {string} document @param {string} text */
function block(document, text) {
  const found = [...document.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code]) => code).filter((code) => code.includes(text));
  assert.equal(found.length, 1, `code blocks with ${text}`);
  return found[0];
}

/** Writes the package of the document, with the files of the package `places`. @param {import('node:test').TestContext} test */
async function published(test) {
  const parent = join(directory('places', '..'), '../places-projects');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'published-'));
  test.after(() => rm(folder, { recursive: true }));
  const document = await readFile(DOCUMENT, 'utf8');
  await writeFile(join(folder, 'package.json'), block(document, '"exports"'));
  await writeFile(join(folder, 'node.js'), block(document, 'initSync({ module: readFileSync('));
  await mkdir(join(folder, 'test'));
  await writeFile(join(folder, 'test/amplify.test.mjs'), block(document, "from 'node:test'"));
  await writeFile(join(folder, 'README.md'), '# my-crate\n');
  await writeFile(join(folder, 'LICENSE'), 'MIT\n');
  const dist = join(folder, 'dist');
  await cp(directory('places', 'web'), dist, { recursive: true });
  await rm(join(dist, 'package.json'));
  // As `wasm-bindgen --out-name index` names the files.
  for (const name of (await readdir(dist)).filter((name) => name.startsWith('places'))) {
    const file = join(dist, name.replace('places', 'index'));
    await rename(join(dist, name), file);
    if (!name.endsWith('.wasm')) await writeFile(file, (await readFile(file, 'utf8')).replaceAll('./places.', './index.').replaceAll('places_bg.wasm', 'index_bg.wasm'));
  }
  return folder;
}

/** @param {string} folder @param {string} program @param {string[]} args */
function run(folder, program, args) {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

it('the unit test of the document passes', { skip }, async (test) => {
  const folder = await published(test);
  assert.match(run(folder, process.execPath, ['--test', '--test-reporter=spec', 'test/amplify.test.mjs']), /^ℹ pass 3$/m);
});

it('publint and attw find nothing wrong in the package of the document', { skip }, async (test) => {
  const folder = await published(test);
  const [{ filename, files }] = JSON.parse(run(folder, 'npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error']));
  const packed = files.map((/** @type {{ path: string }} */ { path }) => path);
  for (const file of ['dist/index.js', 'dist/index.d.ts', 'dist/index_bg.wasm', 'node.js']) assert.ok(packed.includes(file), file);
  assert.ok(packed.some((/** @type {string} */ path) => path.startsWith('dist/snippets/')));
  assert.deepEqual((await publint({ pkgDir: folder, strict: true })).messages, []);
  const { types, problems } = await checkPackage(createPackageFromTarballData(await readFile(join(folder, filename))));
  assert.ok(types);
  // The profile `esm-only`: an ES module cannot pass these two ways to resolve a package.
  const wrong = problems.filter((/** @type {any} */ { resolutionKind }) => !['node10', 'node16-cjs'].includes(resolutionKind));
  assert.deepEqual(wrong, []);
});
