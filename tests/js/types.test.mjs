// Checks the generated .d.ts with TypeScript.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { directory } from './packages.mjs';

const USES = ['uses.ts', 'data.ts'].map((file) => fileURLToPath(new URL(`../types/${file}`, import.meta.url)));
const require = createRequire(import.meta.url);

for (const target of ['web', 'nodejs', 'bundler', 'experimental-nodejs-module']) {
  it(`tsc --strict accepts correct uses and refuses wrong ones, ${target}`, async (test) => {
    const declarations = join(directory('e2e', target), 'e2e.d.ts');
    const folder = await mkdtemp(join(directory('e2e', target), '..', 'types-'));
    test.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: {
        strict: true, noEmit: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', types: [],
        lib: ['es2022', 'dom', 'esnext.disposable'], paths: { e2e: [declarations] },
      },
      files: USES,
    }));
    const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' });
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });
}

// The oldest TypeScript that the declarations work with, the last one before typed arrays got a type parameter, and a newer one.
for (const version of ['typescript-5-2', 'typescript-5-6', 'typescript-5-9', 'typescript']) {
  it(`the declarations compile alone and with uses of the platform, under ${version}`, async (test) => {
    const folder = await mkdtemp(join(directory('e2e', 'web'), '..', 'types-'));
    test.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: {
        // The libraries of types without `esnext.disposable`.
        strict: true, noEmit: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', types: [], lib: ['es2022', 'dom'],
        skipLibCheck: false, paths: { e2e: [join(directory('e2e', 'web'), 'e2e.d.ts')] },
      },
      files: [fileURLToPath(new URL('../types/platform.ts', import.meta.url)), join(directory('e2e', 'web'), 'e2e.d.ts')],
    }));
    const tsc = join(require.resolve(`${version}/package.json`), '../bin/tsc');
    const { error, stdout, stderr } = spawnSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' });
    assert.deepEqual([error, stderr], [undefined, '']);
    // wasm-bindgen's own classes need `Symbol.dispose`.
    const own = stdout.split('\n').filter((line) => line !== '' && !/'dispose' does not exist on type 'SymbolConstructor'|A computed property name in /.test(line));
    assert.equal(own.join('\n'), '');
  });
}

it('doc comments become JSDoc in the declarations', async () => {
  const text = await readFile(join(directory('e2e', 'web'), 'e2e.d.ts'), 'utf8');
  assert.ok(text.includes(`/**
 * The sum of all bytes, wrapping round at 256.
 *
 * Second paragraph, which has a comment's end in it: *\\/
 */
export function sum(values: ReadOnlyBuffer<Uint8Array> | MutableBuffer<Uint8Array> | LendInput<Uint8Array>): number;
`));
  assert.ok(text.includes(`/**
 * An old function.
 * @deprecated use sum
 */
export function old_sum(`));
  assert.ok(text.includes('export function odd_names(in_: number, arguments_: number, type: number): number;'));
  assert.ok(!text.includes('configured_out'));
});

it('the JavaScript of the runtime passes the type checker', () => {
  const runtime = fileURLToPath(new URL('../../runtime/js/', import.meta.url));
  const files = readdirSync(runtime, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).map((name) => join(runtime, name));
  const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');
  const options = ['--allowJs', '--checkJs', '--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution',
    'bundler', '--types', '', '--lib', 'es2022,dom,esnext.disposable'];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, ...files], { encoding: 'utf8' });
  assert.equal(stdout, '');
  assert.equal(status, 0);
  assert.ok(files.length >= 9);
});
