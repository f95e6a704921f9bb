// What happens to a plugin that traps, to the host, and to other plugins.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { pluginBytes } from './packages.mjs';
import { error, instanceOf, started } from './plugins.mjs';

describe('a plugin that traps', () => {
  /** Asserts that the plugin refuses all calls with this message. @param {any} probe */
  const dead = (probe, message) => {
    assert.throws(() => probe.add(1, 2), error('ERR_LEND_POISONED', message));
    assert.throws(() => new probe.Counter(1), error('ERR_LEND_POISONED', message));
  };

  for (const [how, trap, message] of /** @type {Array<[string, (probe: any, values: any) => void, RegExp]>} */ ([
    ['panics', (probe) => probe.panic('on purpose'), /the plugin probe: Rust panicked at .*on purpose/s],
    ['runs `unreachable`', (probe, values) => probe.trap(values), /the plugin probe: Rust trapped: .*[Uu]nreachable/],
    ['panics in a function of numbers', (probe) => probe.trap_with(5), /the plugin probe: Rust panicked at .*divide by zero/s],
    ['overflows the stack', (probe) => probe.overflow(0), /the plugin probe: (Rust trapped|the stack overflowed)/],
    ['panics in a method', (probe) => new probe.Counter(1).trap(), /the plugin probe: Rust panicked at .*in the middle of a method/s],
  ])) {
    it(`${how}, and the host and the other plugins go on`, async (test) => {
      const { host, lend, probe, caller } = await started(test);
      const { memory, __stack_pointer: stack } = await instanceOf(host);
      assert.ok(memory);
      const before = stack.value;
      const values = lend.createMutableBuffer(Float32Array.of(5, 6));
      assert.throws(() => trap(probe, values), (thrown) => message.test(thrown.message) || /call stack|recursion/.test(thrown.message));
      assert.equal(stack.value, before);
      dead(probe, message);
      // Nothing is left borrowed.
      assert.equal(lend.stats().borrows, 0);
      host.add_one(lend.createMutableBuffer(Uint8Array.of(1)));
      assert.equal(host.host_sum(values), values.view[0] + 6);
      assert.equal([...caller.made(2).view].length, 2, 'another plugin calls the host');
      assert.throws(() => caller.strings('Ada'), error('ERR_LEND_POISONED', message), 'it cannot call the plugin that has ended');
      // Another plugin can take its place.
      const again = await lend.loadPlugin(await pluginBytes('probe'), { name: 'again' });
      assert.equal(again.add(1, 2), 3);
      values.free();
    });
  }

  it('the stack pointer is restored, also within calls of other modules', async (test) => {
    const { host, lend, probe } = await started(test);
    const { __stack_pointer: stack } = await instanceOf(host);
    const outside = stack.value;
    /** @type {number[]} */
    const seen = [];
    const result = host.deep((value) => {
      seen.push(stack.value);
      assert.throws(() => probe.panic('further in'), { code: 'ERR_LEND_PANIC' });
      seen.push(stack.value);
      return value;
    });
    assert.equal(result, 8, 'the frame of the host has not changed');
    assert.equal(seen[0], seen[1]);
    assert.ok(seen[0] < outside - 4096);
    assert.equal(stack.value, outside);
    assert.equal(lend.stats().borrows, 0);
  });

  it('a trap ends the plugin that traps, not its caller', async (test) => {
    const { host, lend, probe, caller } = await started(test);
    const { __stack_pointer: stack } = await instanceOf(host);
    const before = stack.value;
    const values = lend.createMutableBuffer(Float32Array.of(1));
    assert.throws(() => caller.panic_there('across', values), error('ERR_LEND_PANIC', /the plugin probe: Rust panicked at .*across/s));
    assert.equal(stack.value, before);
    assert.equal(lend.stats().borrows, 0);
    dead(probe, /across/);
    assert.deepEqual(host.host_sum(values), 1);
    assert.throws(() => caller.scaled(values), error('ERR_LEND_POISONED', /the plugin probe cannot be used any more, since the plugin probe: Rust panicked/));
    assert.deepEqual([caller.made(1).length, lend.stats().borrows, stack.value], [1, 0, before]);
    values.free();
  });

  it('a JavaScript exception in a callback ends neither plugin', async (test) => {
    const { lend, probe } = await started(test);
    const thrown = new Error('mine');
    for (let i = 0; i < 100; i++) {
      assert.throws(() => probe.apply(() => { throw thrown; }, 1), (error) => error === thrown);
      assert.throws(() => probe.lend_and_call(() => { throw thrown; }), (error) => error === thrown);
    }
    assert.equal(probe.add(1, 2), 3);
    assert.deepEqual([lend.stats().buffers, lend.stats().objects], [0, 0]);
  });

  it('its borrows end, and it can be unloaded', async (test) => {
    const { lend, probe, caller } = await started(test);
    caller.unload();
    const second = await lend.loadPlugin(await pluginBytes('probe'), { name: 'second' });
    assert.throws(() => probe.lend_and_call(() => probe.panic('inside')), { code: 'ERR_LEND_PANIC' });
    assert.equal(second.lend_and_call(() => {}), undefined);
    probe.unload();
    assert.throws(() => probe.add(1, 2), error('ERR_LEND_RELEASED', /was unloaded/));
    second.unload();
    assert.deepEqual([lend.stats().buffers, lend.stats().borrows], [0, 0]);
  });

  it('a trap of the host ends its plugins', async (test) => {
    const { host, probe, caller } = await started(test);
    assert.throws(() => caller.panic_in_host('the host'), error('ERR_LEND_PANIC', /Rust panicked at .*the host/s));
    assert.throws(() => host.constant_address(), error('ERR_LEND_POISONED', /this instance cannot be used/));
    assert.throws(() => probe.add(1, 2), error('ERR_LEND_POISONED', /this instance cannot be used/));
  });
});
