// What is not used is not in a package: its wasm has no code of it. And panics without their messages.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { directory, loadCopy, thrown } from './packages.mjs';

/** The names of the functions, and the number of bytes in data segments. @param {Uint8Array} wasm */
function inspect(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return new TextDecoder().decode(wasm.subarray(at - length, at));
  };
  /** @type {string[]} */
  const names = [];
  let data = 0;
  while (at < wasm.length) {
    const section = wasm[at++];
    const end = number() + at;
    if (section === 11) data = end - at;
    if (section === 0 && text() === 'name') {
      while (at < end) {
        const kind = wasm[at++];
        const next = number() + at;
        if (kind === 1) {
          for (let count = number(); count > 0; count--) {
            number();
            names.push(text());
          }
        }
        at = next;
      }
    }
    at = end;
  }
  return { names, data };
}

/** @param {string} name */
const wasmOf = (name) => readFile(join(directory(name, 'web'), `${name.replaceAll('-', '_')}_bg.wasm`));

/** Code that panics with a formatted message, for a mistake of the runtime itself. */
const PANICS = /panic_bounds_check|already_borrowed|already_mutably_borrowed|unwrap_failed|expect_failed|panic_access_error/;

describe('the wasm of a package', () => {
  for (const name of ['weight-slice', 'weight-numbers', 'weight-silent']) {
    it(`${name} has nothing that it does not use`, async () => {
      const { names, data } = inspect(await wasmOf(name));
      assert.ok(names.length > 20, 'it has the names of its functions');
      const found = (/** @type {RegExp} */ what) => names.filter((each) => what.test(each));
      assert.deepEqual(found(PANICS), []);
      assert.deepEqual(found(/js_sys|wasm_bindgen_futures|serde/), []);
      assert.deepEqual(found(/wasm_lend.*(text|object|closure|by_name|promise|task)::/), [], 'parts that nothing uses');
      assert.ok(data < 1024, `${data} bytes of data`);
    });
  }

  it('has no formatting without the messages of panics', async () => {
    const { names } = inspect(await wasmOf('weight-silent'));
    assert.deepEqual(names.filter((each) => /core.*::fmt|fmt::Write|FormatStringPayload/.test(each)), []);
  });

  it('of numbers alone has no buffers', async (test) => {
    const { names } = inspect(await wasmOf('weight-numbers'));
    assert.deepEqual(names.filter((each) => /wasm_lend.*(table|ledger|scratch|release|raw)::/.test(each)), []);
    const pkg = await loadCopy(test, 'web', 'weight-numbers');
    assert.equal(pkg.add(2, 3), 5);
    const error = thrown(() => pkg.lend.createReadOnlyBuffer(new Uint8Array(1)));
    assert.equal(error.code, 'ERR_LEND_TYPE');
    assert.equal(
      error.message,
      'lend.createReadOnlyBuffer(): no function of this package takes or returns a buffer, so the package has no buffers',
    );
    assert.equal(thrown(() => pkg.lend.alloc(Uint8Array, 1)).code, 'ERR_LEND_TYPE');
    const { handles, buffers, bytes, borrows, instances, objects, closures } = pkg.lend.stats();
    assert.deepEqual([handles, buffers, bytes, borrows, instances, objects, closures], [0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(pkg.lend.leaks(), []);
    pkg.lend.setLimit(1000);
  });
});

it('buffers that only Rust has are counted, in a package of numbers alone', async (test) => {
  const pkg = await loadCopy(test, 'web', 'buffers-inside');
  const counted = () => [pkg.lend.stats().buffers, pkg.lend.stats().bytes];
  assert.deepEqual(counted(), [1, 10], 'the start function of the user has made one');
  pkg.lend.setLimit(150);
  assert.equal(pkg.keep(100), true);
  assert.deepEqual(counted(), [2, 110]);
  assert.equal(pkg.keep(100), false, 'the limit holds for them');
  assert.deepEqual(counted(), [2, 110]);
});

describe('a panic without its message', () => {
  /** @type {Array<[string, (pkg: any) => unknown]>} */
  const panics = [
    ['in a function of numbers alone', (pkg) => pkg.divide(1, 0)],
    ['with a message that is formatted', (pkg) => pkg.say(5)],
    ['in a function of a slice', (pkg) => pkg.element(new Float32Array(2), 2)],
    ['of a destructor', (pkg) => new pkg.Fragile().free()],
    ['in a function of a borrowed buffer', (pkg) => pkg.element(pkg.lend.createReadOnlyBuffer(new Float32Array(2)), 2)],
  ];
  for (const [where, panic] of panics) {
    it(`${where} is ERR_LEND_PANIC, and ends the instance`, async (test) => {
      const pkg = await loadCopy(test, 'web', 'silent-panics');
      assert.equal(pkg.divide(6, 3), 2);
      const error = thrown(() => panic(pkg));
      assert.equal(error.code, 'ERR_LEND_PANIC');
      assert.match(error.message, /^Rust trapped: /);
      for (const later of [() => pkg.divide(6, 3), () => pkg.element(new Float32Array(1), 0)]) {
        assert.equal(thrown(later).code, 'ERR_LEND_POISONED');
      }
    });
  }

  it('in an async function rejects its promise, and ends the instance', () => {
    // In its own process, because nothing can catch the panic.
    const folder = directory('silent-panics', 'web');
    const program = `
      const pkg = await import(${JSON.stringify(pathToFileURL(join(folder, 'silent_panics.js')).href)});
      const { readFileSync } = await import('node:fs');
      pkg.initSync({ module: readFileSync(${JSON.stringify(join(folder, 'silent_panics_bg.wasm'))}) });
      process.on('uncaughtException', (error) => console.log('uncaught', error.code));
      await pkg.later(new Uint8Array(1)).catch((error) => console.log('rejected', error.code));
      try { pkg.divide(6, 3); } catch (error) { console.log('later', error.code); }
    `;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
    assert.deepEqual(stdout.trim().split('\n').sort(), ['later ERR_LEND_POISONED', 'rejected ERR_LEND_POISONED', 'uncaught ERR_LEND_PANIC']);
  });
});
