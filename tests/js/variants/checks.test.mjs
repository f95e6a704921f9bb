// Mistakes that development builds find and release builds do not look for.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { directory, load, loadCopy, rawExport, refused, thrown } from '../packages.mjs';

for (const target of ['web', 'nodejs']) {
  const pkg = await load(target);
  const { lend } = pkg;
  const mutable = (/** @type {number[]} */ ...bytes) => lend.createMutableBuffer(Uint8Array.from(bytes));
  /** @param {() => void} callback */
  const inCall = (callback) =>
    pkg.set_callback(() => {
      pkg.set_callback(() => {});
      callback();
    });

  describe(`checks, ${target}`, () => {
    it('names the function and the argument that hold a buffer', () => {
      const whole = mutable(1, 2, 3, 4);
      const sub = whole.subarray(1, 3);
      const message = 'exclusive_while(): argument `values: &mut [u8]`: the buffer is borrowed by a call that is still running';
      inCall(() => {
        const holder = '(shared_while(): argument `values: &[u8]`)';
        refused(() => pkg.exclusive_while(whole), 'ERR_LEND_BORROWED', `${message} ${holder}`);
        refused(() => pkg.exclusive_while(sub), 'ERR_LEND_BORROWED', `${message} ${holder}`);
      });
      pkg.shared_while(sub);
      inCall(() => {
        refused(() => pkg.sum(sub), 'ERR_LEND_BORROWED', 'sum(): argument `values: &[u8]`: the buffer is borrowed by a call that is still '
          + 'running (exclusive_while(): argument `values: &mut [u8]`)');
      });
      pkg.exclusive_while(whole);
      assert.equal(pkg.sum(sub), 5, 'it is forgotten afterwards');
    });

    it('names the function that has taken a buffer', () => {
      const whole = mutable(1, 2, 3, 4);
      const [left, right] = [whole.subarray(0, 2), whole.subarray(2)];
      pkg.own(left);
      refused(
        () => pkg.sum(whole),
        'ERR_LEND_BORROWED',
        'sum(): argument `values: &[u8]`: Rust has taken the buffer, or a part of it (own(): argument `values: BufferMut<u8>`)',
      );
      assert.equal(pkg.sum(right), 7);
      pkg.disown();
      assert.equal(pkg.sum(whole), 10);
    });

    it('forgets the holder when a JavaScript exception leaves the call', () => {
      const buffer = mutable(1, 2);
      inCall(() => { throw new Error('of the user'); });
      assert.equal(thrown(() => pkg.exclusive_while(buffer)).message, 'of the user');
      inCall(() => {
        refused(() => pkg.exclusive_while(buffer), 'ERR_LEND_BORROWED', 'exclusive_while(): argument `values: &mut [u8]`: the buffer is '
          + 'borrowed by a call that is still running (shared_while(): argument `values: &[u8]`)');
      });
      pkg.shared_while(buffer);
    });

    it('reports that JavaScript has written to a read-only buffer, and between which calls', () => {
      const buffer = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
      assert.equal(pkg.sum(buffer), 6);
      assert.equal(pkg.product(buffer), 6);
      buffer.view[1] = 9;
      refused(
        () => pkg.sum(buffer),
        'ERR_LEND_CHANGED',
        'sum(): argument `values: &[u8]`: JavaScript has written to this read-only buffer since the call of product(); Rust relies on its '
          + 'not changing',
      );
      assert.equal(pkg.sum(buffer), 13, 'it is reported once');
      assert.equal(lend.stats().borrows, 0);
    });

    it('overwrites released memory', () => {
      const buffer = mutable(...new Array(64).fill(7));
      const stale = buffer.view.subarray(16);
      buffer.free();
      assert.ok(stale.length === 0 || stale.every((byte) => byte === 0xdb), `${stale}`);
    });

    it('leaks() has the stack that made each buffer', () => {
      const before = lend.leaks().length;
      const buffer = (function makesIt() {
        return lend.alloc(Float64Array, 3);
      })();
      const leak = lend.leaks().find(({ type, length }) => type === 'Float64Array' && length === 3);
      assert.match(leak.stack, /^ +at makesIt .*\n/);
      buffer.free();
      assert.equal(lend.leaks().length, before);
    });
  });
}

it('detects an index that is used too late', async (test) => {
  const pkg = await loadCopy(test, 'web');
  const exports = pkg.initSync({ module: await readFile(join(directory('e2e', 'web'), 'e2e_bg.wasm')) });
  pkg.object_keep({ first: 1 });
  const place = pkg.lend.objectTable().slab.findIndex((entry) => entry.value?.first === 1);
  assert.ok(place >= 4);
  pkg.objects_let_go();
  pkg.object_keep({ second: 2 });
  // The same place with another generation. Rust's own indices always have the current generation.
  assert.deepEqual(pkg.lend.objectTable().slab[place].value, { second: 2 });
  const late = thrown(() => rawExport(exports, 'object_type')(place));
  assert.equal(late.code, 'ERR_LEND_RELEASED');
  assert.equal(late.message, `the object of index ${place} was dropped`);
  const never = thrown(() => rawExport(exports, 'object_type')(-5));
  assert.equal(never.code, 'ERR_LEND_RELEASED');
  assert.deepEqual(pkg.objects_kept(), [{ second: 2 }]);
});
