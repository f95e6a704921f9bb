// Instances that are lent to a callback: valid for the call, spent after.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  describe(`lent instances, ${target}`, async () => {
    const pkg = await load(target);
    const { Element, lend } = pkg;
    const SPENT = /the Element was lent to a callback, which has returned/;
    const LENT = /the Element is lent to a callback, until that returns, and Rust cannot keep it/;

    it('are used, written to and passed on during the call, and spent after', () => {
      const { handles } = lend.stats();
      let kept;
      const name = pkg.lend_mut('a', (element) => {
        assert.ok(element instanceof Element);
        assert.equal(element.name(), 'a');
        element.set_name_to('b');
        element.visits = 5;
        assert.equal(pkg.element_read(element), 5);
        pkg.element_written(element, new Uint8Array(1)).free();
        assert.equal(element.visits, 6);
        kept = element;
      });
      assert.equal(name, 'b');
      for (const use of [() => kept.name(), () => kept.visits, () => (kept.visits = 1), () => pkg.element_read(kept), () => pkg.element_taken(kept)]) {
        const error = thrown(use);
        assert.match(error.code, /^ERR_LEND_(RELEASED|MOVED)$/);
        assert.match(error.message, /lent to a callback|got one that was moved/);
      }
      assert.match(thrown(() => kept.name()).message, SPENT);
      kept.free();
      assert.equal(lend.stats().handles, handles);
    });

    it('for reading, are not written to, and may be passed twice', () => {
      const result = pkg.lend_shared('a', (one, seven, two) => {
        assert.deepEqual([one.name(), seven, two.name()], ['a', 7, 'a']);
        assert.equal(thrown(() => one.set_name_to('b')).code, 'ERR_LEND_BORROWED');
        assert.equal(thrown(() => (two.visits = 1)).code, 'ERR_LEND_BORROWED');
        return 1.5;
      });
      assert.equal(result, 1.5);
    });

    it('are not taken, nor borrowed for longer than a call', async () => {
      let later;
      pkg.lend_mut('a', (element) => {
        for (const use of [() => element.into_name(), () => pkg.element_taken(element), () => element.bytes()]) {
          const error = thrown(use);
          assert.equal(error.code, 'ERR_LEND_BORROWED', error.stack);
        }
        assert.match(thrown(() => element.into_name()).message, LENT);
        assert.match(thrown(() => element.bytes()).message, LENT);
        later = (async () => element.later())();
        assert.equal(element.name(), 'a');
        element.set_name_to('c');
      });
      await assert.rejects(later, { code: 'ERR_LEND_BORROWED' });
    });

    it('end with a callback that throws, frees or calls again', () => {
      const { handles } = lend.stats();
      const error = new Error('mine');
      let kept;
      assert.equal(thrown(() => pkg.lend_mut('a', (element) => {
        kept = element;
        throw error;
      })), error);
      assert.match(thrown(() => kept.name()).message, SPENT);
      assert.equal(pkg.lend_mut('a', (element) => {
        element.free();
        assert.equal(thrown(() => element.name()).code, 'ERR_LEND_RELEASED');
      }), 'a');
      const names = [];
      pkg.lend_mut('outer', (outer) => {
        pkg.lend_mut('inner', (inner) => names.push(outer.name(), inner.name()));
        names.push(outer.name());
      });
      assert.deepEqual(names, ['outer', 'inner', 'outer']);
      const own = new Element('own');
      own.visit((element) => {
        assert.notEqual(element, own);
        assert.equal(element.name(), 'own');
        assert.equal(thrown(() => own.name()).code, 'ERR_LEND_BORROWED');
        element.visits += 10;
      });
      assert.equal(own.visits, 11);
      own.free();
      assert.equal(lend.stats().handles, handles);
    });

    it('are kept by no async function of wasm-bindgen, and by no list', async () => {
      const { handles } = lend.stats();
      let later;
      pkg.lend_mut('a', (element) => {
        later = (async () => pkg.bindgen_later(element))();
        const error = thrown(() => pkg.elements_taken([element]));
        assert.equal(error.code, 'ERR_LEND_BORROWED');
        assert.match(error.message, /\[0\] takes an instance of Element; got one that is lent to a callback/);
        later.catch(() => {});
        later.element = element;
      });
      await assert.rejects(later, (error) => /lent to a callback/.test(String(error.message ?? error)));
      assert.match(thrown(() => pkg.elements_taken([later.element])).message, /got one that was lent to a callback, which has returned/);
      assert.deepEqual([lend.stats().handles, lend.stats().borrows ?? 0], [handles, 0]);
    });

    it('are not freed by garbage collection, when their handle is used again', { skip: globalThis.gc === undefined }, async () => {
      pkg.lend_mut('a', (element) => {
        assert.equal(thrown(() => element.into_name()).code, 'ERR_LEND_BORROWED');
        // So many new ones leave the nursery.
        for (let i = 0; i < 1100; i++) new Element('x').free();
      });
      const mine = Array.from({ length: 20 }, () => new Element('mine'));
      await new Promise((resolve) => setTimeout(resolve, 10));
      for (let i = 0; i < 3; i++) {
        globalThis.gc();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      for (const element of mine) {
        assert.equal(element.name(), 'mine');
        element.free();
      }
    });

    it('plain data leaves what is in it to JavaScript if the call is refused', () => {
      const element = new Element('a');
      const buffer = lend.createMutableBuffer(new Uint8Array(1));
      const good = () => ({ element, buffer, count: 1 });
      for (const bad of [{ ...good(), count: 'x' }, { element, buffer, get count() { throw new Error('no'); } }]) {
        assert.equal(thrown(() => pkg.holding(bad, [])).code, 'ERR_LEND_TYPE');
        assert.equal(thrown(() => pkg.holding(good(), [bad])).code.startsWith('ERR_LEND_'), true);
      }
      assert.deepEqual([element.name(), buffer.view.length], ['a', 1]);
      assert.equal(pkg.holding(good(), [{ element: new Element('b'), count: 2 }]), 4);
      assert.equal(thrown(() => element.name()).code, 'ERR_LEND_MOVED');
    });

    it('cost no memory, however often', () => {
      const { handles } = lend.stats();
      const all = new Set();
      assert.equal(pkg.lend_often(1000, (element) => {
        element.visits += 1;
        all.add(element);
      }), 1000);
      assert.equal(all.size, 1000, 'each call has an object of its own');
      pkg.lend_often(10, () => {});
      const memory = () => {
        const buffer = lend.alloc(Uint8Array, 1);
        const { byteLength } = buffer.view.buffer;
        buffer.free();
        return byteLength;
      };
      const before = memory();
      assert.equal(pkg.lend_often(100_000, (element) => void (element.visits += 1)), 100_000);
      assert.equal(memory(), before);
      assert.equal(lend.stats().handles, handles);
    });
  });
}
