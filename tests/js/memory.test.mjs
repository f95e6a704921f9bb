// Growth and release of memory over many calls.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { collectGarbage, fewHandles, growing, load, loadCopy, notIn, shared, TARGETS, thrown } from './packages.mjs';

const ROUNDS = 1_000_000;

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;
  const pages = (buffer) => buffer.view.buffer.byteLength / 65536;

  describe(`memory, ${target}`, () => {
    it('view is the same object until memory grows, and then a new one', { skip: growing || shared }, () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([9, 8]));
      const empty = lend.createMutableBuffer(new Uint8Array(0));
      const { view } = buffer;
      assert.equal(buffer.view, view);
      assert.equal(empty.view, empty.view);
      const before = pages(buffer);
      assert.equal(pkg.grow(buffer, 64), 9);
      assert.ok(pages(buffer) > before, 'memory has grown');
      assert.equal(view.length, 0, 'the old view is detached');
      assert.notEqual(buffer.view, view);
      assert.deepEqual([...buffer.view], [9, 8]);
      assert.equal(buffer.view, buffer.view);
      assert.equal(empty.view.length, 0);
      assert.equal(empty.view.buffer, buffer.view.buffer);
    });

    it('makes a new view only if memory has grown since the last use', { skip: shared }, () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([9, 8]));
      const { viewsMade } = lend.stats();
      for (let i = 0; i < 50; i++) {
        pkg.grow(buffer, 1);
        pkg.grow(buffer, 1);
        for (let use = 0; use < 3; use++) assert.equal(buffer.view[1], 8);
      }
      assert.equal(lend.stats().viewsMade - viewsMade, 50);
    });

    it('may grow while a call uses a plain array and while a result is copied', () => {
      assert.equal(pkg.grow(new Uint8Array([5]), 64), 5);
      const grown = pkg.ones_copied(8_000_000);
      assert.equal(grown.length, 8_000_000);
      assert.ok(grown.every((value) => value === 1));
    });

    it('does not grow over a million rounds with free()', { skip: growing }, () => {
      const round = () => {
        const buffer = lend.alloc(Uint8Array, 16);
        assert.equal(pkg.sum(buffer), 0);
        buffer.free();
      };
      for (let i = 0; i < 2000; i++) round();
      const before = { ...lend.stats(), pages: pages(lend.alloc(Uint8Array, 1)) };
      for (let i = 0; i < ROUNDS; i++) round();
      const probe = lend.alloc(Uint8Array, 1);
      assert.equal(lend.stats().handles, before.handles + 2);
      assert.ok(pages(probe) - before.pages <= 1, `memory grew by ${pages(probe) - before.pages} pages`);
    });

    it('does not grow over a million plain arrays, results and refusals', { skip: growing }, () => {
      const plain = new Uint8Array([1, 2]);
      const samples = new Float32Array(3);
      const round = () => {
        pkg.sum(plain);
        pkg.scale(samples, 1);
        pkg.ones_copied(3);
      };
      for (let i = 0; i < 2000; i++) round();
      const before = lend.stats();
      const probe = pages(lend.alloc(Uint8Array, 1));
      for (let i = 0; i < ROUNDS / 2; i++) round();
      for (let i = 0; i < 2000; i++) thrown(() => pkg.take_and_read(plain, null));
      assert.equal(pages(lend.alloc(Uint8Array, 1)), probe);
      const { handles, bytes, memoryBytes } = before;
      const after = lend.stats();
      assert.deepEqual(
        { handles: after.handles, bytes: after.bytes, borrows: after.borrows, memoryBytes: after.memoryBytes },
        { handles: handles + 2, bytes: bytes + 2, borrows: 0, memoryBytes },
      );
    });

    it('does not grow over a million rounds with garbage collection in place of free()', { skip: growing || fewHandles || notIn({ bun: 'JavaScriptCore decides itself when to collect, and keeps all that the stack may point to' }) }, async (test) => {
      const own = await loadCopy(test, target);
      const batch = 20_000;
      let most = 0;
      for (let done = 0; done < ROUNDS; done += batch) {
        for (let i = 0; i < batch; i++) own.sum(own.lend.alloc(Uint8Array, 16));
        most = Math.max(most, own.lend.stats().handles);
        await collectGarbage(() => own.lend.stats().handles === 0);
      }
      assert.equal(own.lend.stats().handles, 0);
      assert.equal(own.lend.stats().bytes, 0);
      assert.ok(most <= batch, `never more than one batch alive: ${most}`);
      const memory = own.lend.alloc(Uint8Array, 1).view.buffer.byteLength;
      assert.ok(memory < 16 * 1024 * 1024, `memory is ${memory} bytes`);
    });

    it('gives large scratch memory back after the call', { skip: growing }, async () => {
      const large = new Uint8Array(32 * 1024 * 1024);
      pkg.sum(large);
      await null;
      const before = pages(lend.alloc(Uint8Array, 1));
      for (let i = 0; i < 3; i++) {
        pkg.sum(large);
        await null;
        // This fits into the place of the scratch memory.
        lend.alloc(Uint8Array, 24 * 1024 * 1024).free();
      }
      assert.equal(pages(lend.alloc(Uint8Array, 1)), before);
    });

    it('reports full memory with ERR_LEND_OOM, and the instance goes on', () => {
      const held = [];
      const error = thrown(() => {
        for (;;) held.push(lend.alloc(Uint8Array, 32 * 1024 * 1024));
      });
      assert.equal(error.code, 'ERR_LEND_OOM');
      assert.match(error.message, /^lend\.alloc\(\): no memory for 33554432 elements of Uint8Array \(33554432 bytes\)$/);
      assert.ok(held.length > 4);
      const large = new Uint8Array(64 * 1024 * 1024);
      const plain = thrown(() => pkg.sum(large));
      assert.equal(plain.code, 'ERR_LEND_OOM');
      assert.equal(plain.message, 'sum(): argument `values: &[u8]`: no memory for its 67108864 bytes');
      assert.equal(thrown(() => pkg.hold(large)).code, 'ERR_LEND_OOM');
      assert.equal(thrown(() => lend.createReadOnlyBuffer(large)).code, 'ERR_LEND_OOM');
      for (const buffer of held) buffer.free();
      assert.equal(pkg.sum(new Uint8Array([1, 2])), 3);
    });
  });
}
