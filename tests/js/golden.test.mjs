// The generated files of the package of `tests/golden`, compared with those in `tests/golden/expected`.
//
// Compared are what the macros write: the snippet of each expansion, the declarations of the package, and the names that
// the main file imports from snippets and exports. Everything else is left out: wasm-bindgen's own glue, which changes with
// its version, and the files and declarations of the runtime.
//
// `WASM_LEND_BLESS=1 cargo xtask test --only packages` writes new expected files: read them before you commit them.

import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { lineDiff } from './lineDiff.mjs';
import { directory } from './packages.mjs';

const EXPECTED = fileURLToPath(new URL('../golden/expected', import.meta.url));
const TARGETS = ['web', 'bundler'];

/** The name of the function, class or record that a snippet is for. @param {string} snippet */
function nameOf(snippet) {
  const [, exported] = /^export (?:var|const) (\w+)\$ =/m.exec(snippet) ?? [];
  if (exported) return exported;
  // The snippet of an `impl` block exports no name. It describes its members.
  const [, block] = /^const (\w+?)\$\S*about = /m.exec(snippet) ?? [];
  assert.ok(block, `no name in\n${snippet}`);
  return `${block}.impl`;
}

/** A snippet without the hashes in the names of raw exports and of the runtime's folder, which may change with the compiler. @param {string} snippet */
const withoutHashes = (snippet) => snippet.replace(/('lend\$.*\$)[0-9a-f]{8}'/g, "$1HASH'").replace(/\.\.\/wasm-lend-[0-9a-f]{16}\//g, '../wasm-lend-HASH/');

/** The text of each compared file of a package, by its name. @param {string} target */
async function generated(target) {
  const folder = directory('golden', target);
  /** @type {Map<string, string>} */
  const files = new Map();
  /** @type {Map<string, string>} The names of snippets by their paths, which have a hash and a number. */
  const names = new Map();
  const [snippets] = (await readdir(join(folder, 'snippets'))).filter((name) => name.startsWith('golden-'));
  for (const file of await readdir(join(folder, 'snippets', snippets))) {
    const text = withoutHashes(await readFile(join(folder, 'snippets', snippets, file), 'utf8'));
    const name = `${nameOf(text)}.js`;
    assert.ok(!files.has(name), `two snippets are for ${name}`);
    files.set(name, text);
    names.set(`${snippets}/${file}`, name);
  }
  files.set('golden.d.ts', declarations(await readFile(join(folder, 'golden.d.ts'), 'utf8')));
  files.set('golden.js', glue(await readFile(join(folder, target === 'web' ? 'golden.js' : 'golden_bg.js'), 'utf8'), names));
  return files;
}

/** The package's own declarations. Those of the runtime come after them, and then those of wasm-bindgen. @param {string} text */
function declarations(text) {
  const start = text.indexOf('type LendGlobal<');
  assert.ok(start > 0, 'the declarations of the runtime are not found');
  // wasm-bindgen's first lines are for linters.
  return `${text.slice(0, start).replace(/^\/\* \w+:?.*\*\/\n/gm, '').trimEnd()}\n`;
}

/** The names that a main file imports from snippets and exports. @param {string} text @param {Map<string, string>} names */
function glue(text, names) {
  const imports = [...text.matchAll(/^import \{(.*)\} from ['"]\.\/snippets\/(golden-.*)['"]/gm)].map(([, imported, path]) => {
    const list = imported.split(',').map((name) => name.trim().split(' as ')[0]);
    return `import { ${list.sort().join(', ')} } from './${names.get(path)}';`;
  });
  const exports = [...text.matchAll(/^export \{ (.*) \}/gm)].filter(([, name]) => !name.includes('__wbg')).map(([, name]) => `export { ${name} };`);
  return `${[...imports.sort(), ...exports.sort()].join('\n')}\n`;
}

if (process.env.WASM_LEND_BLESS) {
  await rm(EXPECTED, { recursive: true, force: true });
  await mkdir(EXPECTED);
  for (const [name, text] of await generated(TARGETS[0])) await writeFile(join(EXPECTED, name), text);
}

for (const target of TARGETS) {
  const files = await generated(target);
  test(`the package for ${target} has exactly the expected files`, async () => {
    assert.deepEqual([...files.keys()].sort(), (await readdir(EXPECTED)).sort());
  });
  for (const [name, text] of files) {
    test(`${name} of the package for ${target} is the expected one`, async () => {
      const expected = await readFile(join(EXPECTED, name), 'utf8');
      if (text !== expected) assert.fail(`tests/golden/expected/${name} (-) and the built package (+) differ:\n${lineDiff(expected, text)}`);
    });
  }
}
