// The commands of the README, "In your own crate". They run as they are written, without the network: `git`, `rustup`, `wasm-bindgen` and the
// slow commands of `cargo` are stand-ins. The stand-in for `wasm-bindgen` gives out the package `places`, which has the same function.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { before, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { directory, load, thrown } from '../packages.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** @param {string} path */
const read = (path) => readFile(join(ROOT, path), 'utf8');

/** A code block of the README. @type {(language: string, text: string) => string} */
let block;

before(async () => {
  const readme = await read('README.md');
  block = (language, text) => {
    const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, found, code]) => found === language && code.includes(text));
    assert.equal(blocks.length, 1, `code blocks of ${language} with ${text}`);
    return blocks[0][2];
  };
});

/** The stand-ins. Each fails for arguments that it does not know. @type {Record<string, string>} */
const PROGRAMS = {
  git: `
[ "$*" = "clone $REPOSITORY" ]
ln -s "$CHECKOUT" wasm-lend`,
  rustup: '[ "$*" = "target add wasm32-unknown-unknown" ]',
  cargo: `
case "$1 $2" in
  # The versions of the checkout, which are there without the network.
  'new --lib') "$CARGO" "$@" && cp "$CHECKOUT/Cargo.lock" "$3" ;;
  'add '* | 'pkgid '*) exec "$CARGO" "$@" ;;
  'install wasm-bindgen-cli') [ "$3 $4" = "--version $BINDGEN" ] ;;
  'build --release')
    [ "$3 $4" = '--target wasm32-unknown-unknown' ]
    "$CARGO" metadata --no-deps --format-version 1 | grep -q '"crate_types":\\["cdylib"\\]'
    mkdir -p target/wasm32-unknown-unknown/release
    touch target/wasm32-unknown-unknown/release/my_crate.wasm ;;
  *) exit 2 ;;
esac`,
  'wasm-bindgen': `
[ "$1 $2 $3 $4" = '--target experimental-nodejs-module --out-dir pkg' ] && [ -f "$5" ]
cp -r "$PLACES" pkg
mv pkg/places.js "pkg/$(basename "$5" .wasm).js"`,
};

/** @param {string} lock @returns {string} The version of wasm-bindgen. */
const bindgen = (lock) => /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock)?.[1] ?? '';

const skip = process.platform === 'win32' ? 'the commands are for a POSIX shell' : false;

it('the commands of the README make a package that works', { skip }, async (test) => {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-lend-readme-'));
  test.after(() => rm(folder, { recursive: true }));
  const programs = join(folder, 'bin');
  await mkdir(programs);
  for (const [name, script] of Object.entries(PROGRAMS)) {
    await writeFile(join(programs, name), `#!/bin/sh\nset -e\n${script}\n`);
    await chmod(join(programs, name), 0o755);
  }
  const cargo = spawnSync('sh', ['-c', 'command -v cargo'], { encoding: 'utf8' }).stdout.trim();
  const { NODE_TEST_CONTEXT, ...outer } = process.env;
  const env = {
    ...outer,
    PATH: [programs, outer.PATH].join(delimiter),
    CARGO: cargo,
    CARGO_NET_OFFLINE: 'true',
    CHECKOUT: ROOT.replace(/\/$/, ''),
    REPOSITORY: /^repository = "(.+)"$/m.exec(await read('Cargo.toml'))?.[1] ?? '',
    BINDGEN: bindgen(await read('Cargo.lock')),
    PLACES: directory('places', 'experimental-nodejs-module'),
  };
  const commands = block('sh', 'cargo new');
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', commands], { cwd: folder, encoding: 'utf8', env });
  assert.equal(status, 0, stdout + stderr);
  assert.equal(stdout.trim().split('\n').at(-1), '1');
});

it('the function of the README is one that the tests compile', async () => {
  const [amplify] = /^#\[export\]\npub fn amplify.*?^\}$/ms.exec(block('sh', 'cargo new')) ?? [''];
  assert.notEqual(amplify, '');
  assert.ok(block('rust', 'histogram').includes(amplify), 'the first example has the same function');
  assert.ok((await read('tests/places/src/lib.rs')).includes(amplify), 'and so has the package of this test');
});

it('the refusal in the README has the words of a real one', async () => {
  const { amplify, lend } = await load('experimental-nodejs-module', 'places');
  const pixels = lend.createReadOnlyBuffer(new Uint8Array(1024));
  const { code, message } = thrown(() => amplify(pixels, 2));
  const words = block('js', 'LendError').replaceAll('\n// ', ' ');
  assert.ok(words.includes(`LendError (${code}): ${message}`), message);
  pixels.free();
});
