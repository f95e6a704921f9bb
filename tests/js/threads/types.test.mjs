// Checks the generated .d.ts of a package with shared memory.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { directory } from '../packages.mjs';

const require = createRequire(import.meta.url);

it('tsc --strict refuses views of shared memory where browsers do', async (test) => {
  const folder = await mkdtemp(join(directory('e2e', 'web'), '..', 'types-'));
  test.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, noEmit: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', types: [],
      lib: ['es2022', 'dom', 'esnext.disposable'], paths: { e2e: [join(directory('e2e', 'web'), 'e2e.d.ts')] },
    },
    files: [fileURLToPath(new URL('../../types/shared.ts', import.meta.url))],
  }));
  const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' });
  assert.equal(stdout, '');
  assert.equal(status, 0);
});
