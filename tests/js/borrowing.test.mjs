// What a callback may do with the arguments of the call that runs it; and panics.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, loadCopy, refused, TARGETS, thrown } from './packages.mjs';

const BORROWED = 'the buffer is borrowed by a call that is still running';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;

  /** Runs `call`, which calls `callback`. */
  function during(callback, call) {
    let ran = false;
    pkg.set_callback(() => {
      // Only once, because the callback may make the same call.
      pkg.set_callback(() => {});
      ran = true;
      callback();
    });
    const result = call();
    assert.ok(ran, 'the callback ran');
    return result;
  }

  describe(`borrowing, ${target}`, () => {
    it('other calls may read but not write while a call reads', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([3]));
      const write = 'exclusive_while(): argument `values: &mut [u8]`';
      const result = during(() => {
        assert.equal(pkg.sum(buffer), 3);
        assert.equal(pkg.shared_while(buffer), 6);
        refused(() => pkg.exclusive_while(buffer), 'ERR_LEND_BORROWED', `${write}: ${BORROWED}`);
        refused(() => pkg.own(buffer), 'ERR_LEND_BORROWED', `own(): argument \`values: BufferMut<u8>\`: ${BORROWED}`);
        refused(() => buffer.freeze(), 'ERR_LEND_BORROWED', 'MutableBuffer.freeze(): a call that is still running holds the buffer');
      }, () => pkg.shared_while(buffer));
      assert.equal(result, 6);
      pkg.exclusive_while(buffer);
      assert.equal(buffer.view[0], 5);
    });

    it('no other call may read or write while a call writes', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([3]));
      during(() => {
        refused(() => pkg.sum(buffer), 'ERR_LEND_BORROWED', `sum(): argument \`values: &[u8]\`: ${BORROWED}`);
        assert.equal(thrown(() => pkg.exclusive_while(buffer)).code, 'ERR_LEND_BORROWED');
        assert.equal(thrown(() => pkg.own(buffer)).code, 'ERR_LEND_BORROWED');
      }, () => pkg.exclusive_while(buffer));
      assert.equal(pkg.sum(buffer), 5);
    });

    it('free() during a call is deferred until the call ends', () => {
      const before = lend.stats();
      const buffer = lend.createMutableBuffer(new Uint8Array(1000).fill(9));
      const result = during(() => {
        buffer.free();
        assert.equal(lend.stats().bytes, before.bytes + 1000, 'the memory is still there');
        // If the memory had been released, this would overwrite it.
        lend.createMutableBuffer(new Uint8Array(1000).fill(100)).free();
        assert.equal(thrown(() => pkg.sum(buffer)).code, 'ERR_LEND_RELEASED');
      }, () => pkg.shared_while(buffer));
      assert.equal(result, 18);
      assert.deepEqual([lend.stats().handles, lend.stats().bytes], [before.handles, before.bytes]);
      const written = lend.createMutableBuffer(new Uint8Array(1000));
      during(() => written.free(), () => pkg.exclusive_while(written));
      assert.equal(lend.stats().bytes, before.bytes);
    });

    it('a call keeps the buffer that it retains, and a buffer that it takes is moved', () => {
      const buffer = lend.createReadOnlyBuffer(new Uint8Array([7]));
      assert.equal(during(() => buffer.free(), () => pkg.keep_while(buffer)), 7);
      const moved = lend.createMutableBuffer(new Uint8Array([8]));
      const result = during(() => {
        const message = 'sum(): argument `values: &[u8]`: the buffer was moved into Rust by a call that is still running';
        refused(() => pkg.sum(moved), 'ERR_LEND_MOVED', message);
        refused(() => moved.length, 'ERR_LEND_MOVED', 'MutableBuffer.length: the buffer was moved into Rust by a call that is still running');
        refused(() => moved.free(), 'ERR_LEND_MOVED', 'MutableBuffer.free(): the buffer was moved into Rust by a call that is still running');
      }, () => pkg.take_while(moved));
      assert.equal(result, 8);
      assert.equal(moved.moved, true);
    });

    it('nested calls have their own copies of plain arrays', () => {
      const [outer, inner] = [new Uint8Array([1]), new Uint8Array([10, 20, 30])];
      during(() => {
        assert.equal(pkg.sum(inner), 60);
        assert.equal(pkg.shared_while(inner), 20);
        pkg.exclusive_while(inner);
      }, () => pkg.exclusive_while(outer));
      assert.deepEqual([[...outer], [...inner]], [[3], [12, 20, 30]]);
      const message = 'exclusive_while(): argument `values: &mut [u8]` shares memory with a call that is still running, and '
        + 'one of the two is to be written to';
      during(() => refused(() => pkg.exclusive_while(outer), 'ERR_LEND_BORROWED', message), () => pkg.exclusive_while(outer));
      assert.deepEqual([...outer], [5]);
    });

    it('writes nothing back if a callback transfers the array away', () => {
      const witness = lend.createMutableBuffer(new Uint8Array(64).fill(5));
      for (const offset of [0, witness.view.byteOffset]) {
        const away = new Uint8Array(new ArrayBuffer(offset + 64), offset, 64);
        during(() => structuredClone(away.buffer, { transfer: [away.buffer] }), () => pkg.exclusive_while(away));
        assert.equal(away.length, 0);
      }
      assert.ok(witness.view.every((value) => value === 5), 'wasm memory at the same offset has not changed');
      assert.equal(pkg.sum(new Uint8Array([1, 2])), 3);
      const resizable = new ArrayBuffer(8, { maxByteLength: 8 });
      const tracking = new Uint8Array(resizable).fill(1);
      during(() => resizable.resize(3), () => pkg.exclusive_while(tracking));
      assert.deepEqual([...tracking], [3, 1, 1]);
    });

    it('a refused or failed inner call does not end the borrow of the outer call', () => {
      const buffer = lend.createMutableBuffer(new Uint8Array([3]));
      const stillBorrowed = () => assert.equal(thrown(() => pkg.exclusive_while(buffer)).code, 'ERR_LEND_BORROWED');
      during(() => {
        // The buffer is the first argument. JavaScript, not wasm, refuses the second one.
        assert.equal(thrown(() => pkg.take_and_read(buffer, null)).code, 'ERR_LEND_TYPE');
        stillBorrowed();
        assert.equal(thrown(() => pkg.read_and_take(buffer, null)).code, 'ERR_LEND_TYPE');
        stillBorrowed();
        assert.equal(thrown(() => pkg.swap(buffer, {})).code, 'ERR_LEND_TYPE');
        stillBorrowed();
        assert.equal(thrown(() => during(() => { throw new Error('boom'); }, () => pkg.shared_while(buffer))).message, 'boom');
        stillBorrowed();
      }, () => pkg.shared_while(buffer));
      pkg.exclusive_while(buffer);
      // A function that retains a buffer does not borrow it.
      const kept = lend.createReadOnlyBuffer(new Uint8Array([4]));
      during(() => {
        assert.equal(thrown(() => during(() => { throw new Error('boom'); }, () => pkg.keep_while(kept))).message, 'boom');
      }, () => pkg.shared_while(kept));
      assert.equal(pkg.sum(kept), 4);
    });

    it('an exception through a call ends all its borrows', () => {
      const before = lend.stats().handles;
      const buffer = lend.createMutableBuffer(new Uint8Array([1]));
      const plain = new Uint8Array([1]);
      const boom = new Error('boom');
      const explode = () => { throw boom; };
      for (const call of ['shared_while', 'exclusive_while']) {
        for (const argument of [buffer, plain]) {
          assert.equal(thrown(() => during(explode, () => pkg[call](argument))), boom, 'the same object');
        }
      }
      // For the outer call, the refusal of an inner call is an exception.
      const inner = () => pkg.exclusive_while(buffer);
      assert.equal(thrown(() => during(inner, () => pkg.shared_while(buffer))).code, 'ERR_LEND_BORROWED');
      pkg.exclusive_while(buffer);
      pkg.exclusive_while(plain);
      assert.equal(pkg.sum(plain), plain[0]);
      buffer.free();
      assert.equal(lend.stats().handles, before);
    });
  });

  it(`a refusal leaves the stack as it was, ${target}`, () => {
    // Each frame takes 16 KiB of the stack of 1 MiB.
    const buffer = lend.createMutableBuffer(new Uint8Array(1));
    for (let i = 0; i < 1000; i++) assert.equal(thrown(() => pkg.large_frame(buffer, buffer)).code, 'ERR_LEND_ALIASED');
    // In this loop even 16 lost bytes per call would be too much.
    for (let i = 0; i < 200_000; i++) try { pkg.swap(buffer, buffer); } catch {}
    assert.equal(pkg.large_frame(buffer, new Uint8Array(1)), 0);
    buffer.free();
  });

  describe(`a panic, ${target}`, () => {
    it('throws its message, and every later call says that the instance cannot be used', async (test) => {
      const own = await loadCopy(test, target);
      const buffer = own.lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
      const error = thrown(() => own.panic_at(buffer, 5));
      assert.ok(error instanceof own.LendError);
      assert.equal(error.code, 'ERR_LEND_PANIC');
      assert.match(
        error.message,
        /^Rust panicked at tests\/e2e\/src\/hostile\.rs:\d+:\d+:\nindex out of bounds: the len is 3 but the index is 5$/,
      );
      const calls = [
        () => own.sum(buffer), () => own.sum(new Uint8Array(1)), () => own.nothing(), () => buffer.view, () => buffer.free(),
        () => own.lend.alloc(Uint8Array, 1), () => own.lend.stats(),
      ];
      for (const call of calls) {
        const later = thrown(call);
        assert.equal(later.code, 'ERR_LEND_POISONED');
        assert.match(later.message, /^this instance cannot be used any more, since Rust panicked at .*index out of bounds/s);
        assert.equal(later.cause, error);
      }
      assert.equal(pkg.sum(new Uint8Array([1])), 1, 'another instance goes on');
    });

    it('is thrown the same way by a function of numbers, whose shim has no try block', async (test) => {
      const own = await loadCopy(test, target);
      const error = thrown(() => own.panic_of_numbers(7));
      assert.equal(error.code, 'ERR_LEND_PANIC');
      assert.match(error.message, /the len is 3 but the index is 7$/);
      assert.equal(thrown(() => own.panic_of_numbers(1)).cause, error);
    });

    it('a trap and a stack overflow end the instance in the same way', async (test) => {
      const own = await loadCopy(test, target);
      const error = thrown(() => own.abort_at_once(new Uint8Array([1])));
      assert.equal(error.code, 'ERR_LEND_PANIC');
      assert.match(error.message, /^Rust trapped: [Uu]nreachable.* \(out of memory, or an abort\)$/);
      assert.ok(error.cause instanceof WebAssembly.RuntimeError);
      assert.equal(thrown(() => own.sum(new Uint8Array(1))).cause, error);

      const deep = await loadCopy(test, target);
      const buffer = deep.lend.createReadOnlyBuffer(new Uint8Array([1]));
      deep.set_callback(() => deep.shared_while(buffer));
      const overflow = thrown(() => deep.shared_while(buffer));
      assert.deepEqual([overflow.code, overflow.message], ['ERR_LEND_PANIC', 'the stack overflowed in a call']);
      assert.match(overflow.cause.message, /^(Maximum call stack|too much recursion)/);
      const later = thrown(() => deep.sum(buffer));
      assert.equal(later.code, 'ERR_LEND_POISONED');
      assert.equal(later.cause, overflow);
      assert.equal(later.message, 'this instance cannot be used any more, since the stack overflowed in a call');
    });

    it('reaches the outermost call as the same error object', async (test) => {
      const own = await loadCopy(test, target);
      const plain = new Uint8Array([1, 2, 3]);
      let inner;
      own.set_callback(() => {
        inner = thrown(() => own.panic_at(plain, 9));
        throw inner;
      });
      assert.equal(thrown(() => own.exclusive_while(plain)), inner);
      assert.equal(inner.code, 'ERR_LEND_PANIC');
    });
  });
}
