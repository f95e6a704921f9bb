// node main.mjs PACKAGE: loads a package for Node.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { check, EXPECTED } from './check.mjs';

const pkg = createRequire(import.meta.url)(resolve(process.argv[2]));
assert.deepEqual(await check(pkg), EXPECTED);
console.log(`${process.argv[2]} works`);
