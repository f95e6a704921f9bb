// Comments, pages and errors name files, and names in files. Each of them must exist.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Folders without text of ours. */
const SKIPPED = new Set(['.git', 'node_modules', 'target', 'snapshots', 'proptest-regressions']);

/** @param {string} folder @returns {string[]} The files below it, from the root of the checkout. */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !SKIPPED.has(name)).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [relative(ROOT, path).replaceAll('\\', '/')] : [];
  });
}

const files = filesIn(ROOT);
const folders = new Set(files.flatMap((file) => file.split('/').slice(0, -1).map((_, depth, parts) => parts.slice(0, depth + 1).join('/'))));
const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

/** Names that stand for any file, and files of a user's package. */
const OF_NOBODY = /NAME|\*|^\.|^\/\/|^name\.|^(Node\.js|docs\.rs)$|my_crate|^(dist|pkg|test)\/|^(node\.js|index\.d\.ts)$/;

/** The text that people read: the comments of code, all of a page. Lines of one comment are one line. @param {string} file */
function prose(file) {
  const text = /** @type {string} */ (texts.get(file));
  if (/\.md$/.test(file)) return text.replaceAll(/^```.*?^```$/gms, '').replaceAll('\n', ' ');
  const isComment = /\.(rs|js|mjs|ts|in|toml|sh)$|^\.ci\/run$/.test(file) ? /^\s*(?:\/\/[/!]?|\/?\*+|#(?!\[|!\[))\s?(.*)$/ : /^\b$/;
  return text.split('\n').map((line) => isComment.exec(line)?.[1] ?? '\0').join(' ').replaceAll('*/', '\0');
}

/** The files that a path may mean: it is the whole path, or the end of a longer one. @param {string} path */
function meant(path) {
  const plain = path.replace(/^(\.\.?\/)+/, '');
  return files.filter((file) => file === plain || file.endsWith(`/${plain}`));
}

const pages = files.filter((file) => /\.(rs|js|mjs|ts|md|toml|in|sh)$|^\.ci\/run$/.test(file));

/** What a path looks like: in backticks or bare, with a folder or alone. It may end in a folder if its first one is ours. */
const PATHS = [
  /(?<![\w/.@'"*-])((?:\.ci\/|\.\.?\/)*[\w@*-]*[\w.*@/-]*\.(?:rs|js|mjs|ts|md|sh))(?![\w/*-])/g,
  /`((?:macros|runtime|tests|ui-tests|xtask|benches|examples|docs)\/[\w/-]+)`/g,
];

it('every path that a comment or a page names exists', () => {
  const missing = [];
  for (const file of pages) {
    for (const [, path] of PATHS.flatMap((pattern) => [...prose(file).matchAll(pattern)])) {
      const folder = path.replace(/^(\.\.?\/)+|\/$/g, '');
      if (!OF_NOBODY.test(path) && !folders.has(folder) && meant(path).length === 0) missing.push(`${file}: ${path}`);
    }
  }
  assert.deepEqual(missing, []);
});

it('every page of docs/ that any text names exists', () => {
  const missing = [];
  for (const file of pages) {
    for (const [path] of /** @type {string} */ (texts.get(file)).matchAll(/\bdocs\/[\w-]+\.md/g)) if (!files.includes(path)) missing.push(`${file}: ${path}`);
  }
  assert.deepEqual(missing, []);
});

it('every name that a comment or a page finds in a file is there', () => {
  const missing = [];
  for (const file of pages) {
    for (const [, name, path] of prose(file).matchAll(/`([\w$]+)(?:\(\))?` (?:of|in) `([\w./-]+\.(?:rs|js|mjs|ts))`/g)) {
      const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
      const found = meant(path).some((meant) => word.test(/** @type {string} */ (texts.get(meant))));
      if (!found) missing.push(`${file}: \`${name}\` of \`${path}\``);
    }
  }
  assert.deepEqual(missing, []);
});
