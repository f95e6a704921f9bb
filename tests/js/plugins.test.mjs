// Plugins: modules over the memory of a package. What crosses, who calls whom, what is refused.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { pluginBytes, pluginShims, pluginUrl } from './packages.mjs';
import { error, instanceOf, patched, start, started } from './plugins.mjs';

describe('what a plugin takes and returns', () => {
  it('whatever it comes as', async (test) => {
    const { lend } = await start(test);
    const bytes = await pluginBytes('probe');
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const response = new Response(buffer.slice(0), { headers: { 'Content-Type': 'application/wasm' } });
    for (const source of [bytes, buffer, response, await WebAssembly.compile(buffer), await pluginUrl('probe'), String(await pluginUrl('probe'))]) {
      const probe = await lend.loadPlugin(source);
      assert.equal(probe.add(1, 2), 3);
      assert.equal(Object.prototype.toString.call(probe), '[object probe]');
      probe.unload();
    }
    await assert.rejects(lend.loadPlugin(new URL('nothing.wasm', await pluginUrl('probe'))), error('ERR_LEND_PLUGIN', /nothing\.wasm cannot be had/));
  });

  it('numbers and strings', async (test) => {
    const { probe } = await started(test);
    assert.deepEqual(Object.keys(probe).includes('add'), true);
    assert.equal(probe.add(1, 2), 3);
    assert.equal(probe.wide(2n ** 63n, -3n), -3n * 2n ** 63n);
    assert.deepEqual([probe.flip(true), probe.next('a'), probe.half(3), probe.half(undefined)], [false, 'b', 1.5, undefined]);
    assert.equal(probe.greet('Wörld 🌍'), 'Hello, Wörld 🌍!');
    assert.equal(probe.length('x'.repeat(100_000)), 100_000);
    assert.equal(probe.constant(), "a constant of the probe's");
  });

  it('slices, buffers and vectors', async (test) => {
    const { lend, probe } = await started(test);
    assert.equal(probe.sum(Float32Array.of(1, 2, 3)), 6);
    const values = lend.createMutableBuffer(Float32Array.of(1, 2));
    probe.scale(values, 3);
    assert.deepEqual([...values.view], [3, 6]);
    const made = probe.make(3, 1.5);
    assert.deepEqual([...made.view], [1.5, 1.5, 1.5]);
    assert.deepEqual([...probe.copied(Uint8Array.of(1, 2, 3))], [3, 2, 1]);
    const shared = lend.createReadOnlyBuffer(Uint8Array.of(7, 8));
    probe.keep(shared);
    shared.free();
    const kept = probe.kept();
    assert.deepEqual([...kept.view], [7, 8]);
    const ofData = probe.of_data();
    assert.deepEqual([...ofData.view], [1, 2, 3, 4]);
    const frozen = probe.freeze(lend.createMutableBuffer(Uint8Array.of(9)));
    assert.deepEqual([...frozen.view], [9]);
    for (const buffer of [values, made, kept, ofData, frozen]) buffer.free();
    assert.equal(lend.stats().bytes, 0);
  });

  it('objects, callbacks, closures and errors', async (test) => {
    const { lend, probe } = await started(test);
    assert.equal(probe.name_of({ name: 'Ada' }), 'Ada');
    const thrown = new Error('from a getter');
    assert.throws(() => probe.name_of({ get name() { throw thrown; } }), (error) => error === thrown);
    const value = {};
    probe.hold(value);
    assert.equal(probe.held(), value);
    assert.equal(probe.apply((number, text) => number + text.length, 3), 7);
    assert.equal(probe.visit((values) => { values.view[0] = 10; }), 12);
    const double = probe.multiplier(2);
    assert.deepEqual(double(21, 'x'), [42, 'x']);
    assert.deepEqual(double(1), [2, undefined]);
    assert.throws(() => double('x'), error('ERR_LEND_TYPE', /argument 0 takes a number; got the string "x"/));
    double.free();
    assert.equal(probe.joined(['a', 'b'], Uint32Array.of(1, 2), [true, 0.5]), 'a+b [1, 2] (true, 0.5)');
    assert.throws(() => probe.joined(['a', 1], [1, 2], [true, 0.5]), error('ERR_LEND_TYPE', /probe\.joined\(\): argument `words: .*` \[1\] takes a string; got 1/));
    assert.deepEqual(probe.lists(3), ['0', '1', '2']);
    assert.equal(probe.even(2), 2);
    assert.throws(() => probe.even(3), { message: '3 is odd' });
    assert.equal(lend.stats().objects, 0);
  });

  it('classes', async (test) => {
    const { lend, probe } = await started(test);
    const counter = new probe.Counter(5);
    assert.deepEqual([counter.add(1.5), counter.count], [6, 6]);
    const seen = counter.seen();
    assert.deepEqual([...seen.view], [1.5]);
    assert.throws(() => counter.add(1), error('ERR_LEND_BORROWED', /Counter is borrowed by a buffer that probe\.Counter\.seen\(\) has returned/));
    seen.free();
    counter.free();
    assert.throws(() => counter.add(1), error('ERR_LEND_RELEASED', /probe\.Counter\.add\(\).*was freed/));
    assert.equal(lend.stats().instances, 0);
  });

  it('refuses what a package refuses, and names plugin and function', async (test) => {
    const { lend, probe } = await started(test);
    assert.throws(() => probe.add(1, -1), error('ERR_LEND_RANGE', /^probe\.add\(\): argument `b: u32` takes a whole number from 0 to 4294967295; got -1$/));
    assert.throws(() => probe.sum('x'), error('ERR_LEND_TYPE', /^probe\.sum\(\): argument `values: &\[f32\]` takes a ReadOnlyBuffer<Float32Array>/));
    const buffer = lend.createReadOnlyBuffer(Float32Array.of(1));
    assert.throws(() => probe.scale(buffer, 1), error('ERR_LEND_TYPE', /^probe\.scale\(\)/));
    buffer.free();
    assert.throws(() => probe.sum(buffer), error('ERR_LEND_RELEASED', /was freed/));
  });
});

describe('calls from one module into another', () => {
  it('take and return what modules exchange', async (test) => {
    const { lend, host, caller } = await started(test);
    assert.equal(caller.numbers(7), '8 -21 Some(1.5) None');
    assert.equal(caller.strings('Ada'), 'Hello, Ada! 6');
    assert.deepEqual([...caller.sums(Float32Array.of(1, 2.5))], [3.5, 3.5]);
    const values = lend.createMutableBuffer(Float32Array.of(1, 2));
    caller.scaled(values);
    assert.deepEqual([...values.view], [2, 4]);
    values.free();
    assert.deepEqual([...caller.reversed(Uint8Array.of(1, 2))], [2, 1]);
    const made = caller.made(3);
    assert.deepEqual([...made.view], [4, 4, 4]);
    made.free();
    assert.equal(caller.errors(2), 'Ok(2) Err("invalid digit found in string")');
    assert.equal(caller.errors(0), 'Ok(0) Ok(1)');
    assert.throws(() => host.refuse(true), /invalid digit/);
  });

  it('see a buffer at one address, whoever looks', async (test) => {
    const { lend, host, probe, caller } = await started(test);
    const bytes = lend.createReadOnlyBuffer(new Uint8Array(100));
    const address = host.address_and_length(bytes);
    assert.equal(probe.address_and_length(bytes), address);
    assert.equal(caller.address_through(bytes), address);
    assert.equal(caller.address_in_host(bytes), address);
    assert.deepEqual([...caller.constant_lengths(1)], ["a constant of the host's".length + 1, "a constant of the probe's".length + 1]);
    assert.equal(bytes.view.byteOffset, address ^ 100);
    bytes.free();
  });

  it('leave a buffer to the last who lets go', async (test) => {
    const { lend, caller, probe } = await started(test);
    const bytes = lend.createReadOnlyBuffer(Uint8Array.of(1, 2, 3));
    const address = caller.keep_there(bytes);
    assert.equal(bytes.view.byteOffset, address);
    bytes.free();
    assert.equal(lend.stats().bytes, 3, 'the probe has it');
    const back = caller.take_back();
    assert.deepEqual([...back.view, back.view.byteOffset], [1, 2, 3, address]);
    back.free();
    assert.equal(lend.stats().bytes, 0);
    assert.equal(caller.take_back(), undefined);
    probe.keep(lend.createReadOnlyBuffer(Uint8Array.of(4)));
    probe.kept().free();
    assert.equal(caller.take_back(), undefined);
  });

  it('pass values of JavaScript by index', async (test) => {
    const { lend, caller } = await started(test);
    const value = { text: 'the same' };
    assert.equal(caller.hold_there(value), 'Object');
    assert.equal(lend.stats().objects, 1);
    assert.equal(caller.back(), value);
    assert.equal(lend.stats().objects, 0);
  });
});

describe('memory', () => {
  it('is not shared by data, stacks and places in the table', async (test) => {
    const { host, lend, probe, caller } = await started(test);
    const { modules } = lend.stats();
    assert.deepEqual(modules.map(({ name }) => name), ['host', 'probe', 'caller']);
    const [, ofProbe, ofCaller] = modules;
    const apart = (one, other) => one.offset + one.length <= other.offset || other.offset + other.length <= one.offset;
    assert.ok(apart(ofProbe.data, ofCaller.data) && apart(ofProbe.table, ofCaller.table));
    const within = ({ offset, length }, at) => at >= offset && at < offset + length;
    const [stack, data, place] = probe.places();
    assert.ok(within(ofProbe.data, data) && within(ofProbe.table, place));
    assert.ok(!within(ofProbe.data, host.constant_address()) && !within(ofCaller.data, host.constant_address()));
    // Calls within calls lie on one stack, each below the last.
    const [own, theirs, , , hosts] = caller.all_places();
    assert.ok(theirs < own && hosts < own, `${[own, theirs, hosts]}`);
    for (const at of [stack, own, theirs, hosts]) assert.ok(!within(ofProbe.data, at) && !within(ofCaller.data, at) && at < host.constant_address());
    assert.equal(host.constant(), "a constant of the host's");
    assert.equal(probe.constant(), "a constant of the probe's");
  });

  it('is overwritten by a module that is merely told to import it', async (test) => {
    const { host } = await start(test);
    const constant = host.constant();
    const { memory } = await instanceOf(host);
    const naive = await WebAssembly.instantiate(await WebAssembly.compile(await pluginBytes('naive')), { env: { memory } });
    assert.equal(naive.exports.constant(1), '!'.charCodeAt(0));
    // What its loader did with the host's constants: this is what plugins are compiled differently for.
    const address = host.constant_address();
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, address, constant.length));
    assert.equal(constant, "a constant of the host's");
    assert.equal(text, '!'.repeat(constant.length));
  });

  it('may grow in any module', async (test) => {
    const { lend, probe, caller } = await started(test);
    const values = lend.createMutableBuffer(Float32Array.of(1, 2));
    const pages = lend.stats().memoryBytes;
    const large = probe.grow(100);
    assert.ok(lend.stats().memoryBytes > pages);
    caller.scaled(values);
    assert.deepEqual([...values.view], [2, 4]);
    large.free();
    values.free();
  });
});

describe('unloading', () => {
  it('is refused with the list of what is alive', async (test) => {
    const { lend, probe, caller } = await started(test);
    const made = probe.make(3, 1);
    const closure = probe.multiplier(2);
    const counter = new probe.Counter(1);
    assert.throws(() => probe.unload(), (thrown) => {
      assert.equal(thrown.code, 'ERR_LEND_PLUGIN');
      assert.equal(
        thrown.message,
        'probe.unload(): still in use: the plugin caller, which imports its functions; a MutableBuffer<Float32Array> of length 3; '
          + 'an instance of Counter; 1 closure of it',
      );
      return true;
    });
    assert.equal(closure(4)[0], 8, 'and nothing has changed');
    made.free();
    closure.free();
    counter.free();
    caller.unload();
    probe.unload();
    assert.deepEqual(lend.stats().modules.map(({ name }) => name), ['host']);
    assert.throws(() => probe.add(1, 2), error('ERR_LEND_RELEASED', /the plugin probe was unloaded/));
    assert.throws(() => probe.unload(), error('ERR_LEND_RELEASED', /probe\.unload\(\): the plugin was unloaded/));
    const again = await lend.loadPlugin(await pluginBytes('probe'));
    assert.deepEqual([again.count(), again.constant()], [1, "a constant of the probe's"]);
    again.unload();
  });

  it('is refused in the middle of a call', async (test) => {
    const { probe, caller } = await started(test);
    caller.unload();
    let thrown;
    probe.apply(() => {
      try {
        probe.unload();
      } catch (error) {
        thrown = error;
      }
      return 0;
    }, 1);
    assert.match(String(thrown), /still in use: a call of it that is still running/);
    probe.unload();
  });

  it('counts what each module has', async (test) => {
    const { lend, probe, caller } = await started(test);
    const own = lend.createMutableBuffer(new Uint8Array(10));
    const made = probe.make(5, 0);
    const joint = caller.made(7);
    const counts = () => Object.fromEntries(lend.stats().modules.map(({ name, buffers, bytes }) => [name, [buffers, bytes]]));
    assert.deepEqual(counts(), { host: [2, 17], probe: [1, 20], caller: [0, 0] });
    for (const buffer of [own, made, joint]) buffer.free();
    assert.deepEqual(counts(), { host: [0, 0], probe: [0, 0], caller: [0, 0] });
  });
});

describe('what cannot be loaded', () => {
  it('says what it is', async (test) => {
    const { lend } = await start(test);
    const probe = await pluginBytes('probe');
    const rejects = (source, message, options) => assert.rejects(lend.loadPlugin(source, options), (thrown) => {
      assert.match(thrown.message, message);
      return thrown.code === 'ERR_LEND_PLUGIN' || thrown.code === 'ERR_LEND_TYPE';
    });
    await rejects(5, /takes bytes, a URL, a Response or a WebAssembly\.Module; got 5/);
    await rejects(Uint8Array.of(1, 2, 3), /this is no wasm/);
    await rejects(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), /this wasm is no plugin; build it/);
    await rejects(await pluginBytes('naive'), /this wasm is no plugin/);
    await rejects(patched(probe, 'dylink.0', 'dylinx.0'), /this wasm is not position-independent/);
    await rejects(patched(probe, '\x09wasm-lend', '\x09wasm-bend'), /was not built with wasm-lend, or its custom sections were stripped/);
    await rejects(probe, /takes options as an object; got 7/, 7);
    await rejects(probe, /a module of this name is the package itself/, { name: 'host' });
    assert.deepEqual(lend.stats().modules.length, 1);
  });

  it('is of another version', async (test) => {
    const { lend } = await start(test);
    const probe = await pluginBytes('probe');
    await assert.rejects(
      lend.loadPlugin(patched(probe, 'runtime\x05\0\0\x000.1.0', 'runtime\x05\0\0\x000.9.9')),
      error('ERR_LEND_PLUGIN', /probe was built with wasm-lend 0\.9\.9 with(out)? checks, and this package with wasm-lend 0\.1\.0 with(out)? checks: both need/),
    );
  });

  it('takes the shared tables for something else', async (test) => {
    const { lend } = await start(test);
    const probe = await pluginBytes('probe');
    // Another factor of its fingerprint stands for another layout: 0x01000193, as wasm writes it.
    await assert.rejects(
      lend.loadPlugin(patched(probe, '\x41\x93\x83\x80\x08', '\x41\x95\x83\x80\x08')),
      error('ERR_LEND_PLUGIN', /probe and this package take the shared tables for different things: build both with the same version of rustc and of wasm-lend \(0\.1\.0\)/),
    );
    assert.deepEqual(lend.stats().modules.map(({ name, bytes }) => [name, bytes]), [['host', 0]]);
  });

  it('has the name of another, or comes twice at once', async (test) => {
    const { lend, probe } = await started(test);
    const bytes = await pluginBytes('probe');
    await assert.rejects(lend.loadPlugin(bytes), error('ERR_LEND_PLUGIN', /a module of this name is there already; give this one another: \{ name: 'probe2' \}/));
    const both = await Promise.allSettled([1, 2].map(() => lend.loadPlugin(bytes, { name: 'second' })));
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const second = both.find(({ status }) => status === 'fulfilled')?.value;
    assert.deepEqual([probe.count(), probe.count(), second.count()], [1, 2, 1], 'each has its own statics');
    assert.notEqual(probe.constant_address(), second.constant_address());
    second.unload();
  });

  it('imports what is not there, or is something else', async (test) => {
    const { lend } = await start(test);
    const caller = await pluginBytes('caller');
    await assert.rejects(lend.loadPlugin(caller), error('ERR_LEND_PLUGIN', /it imports `\w+` from the plugin `probe`, which is not loaded: load that one first/));
    const probe = await lend.loadPlugin(await pluginBytes('probe'));
    await assert.rejects(
      lend.loadPlugin(patched(caller, 'fn(&mut [f32], f32)', 'fn(&mut [f64], f64)')),
      error('ERR_LEND_PLUGIN', /it imports `scale` from `probe` as `fn\(&mut \[f64\], f64\)`, and there it is `fn\(&mut \[f32\], f32\)`/),
    );
    await assert.rejects(lend.loadPlugin(patched(caller, 'greet', 'treat')), error('ERR_LEND_PLUGIN', /`probe` exports no `treat`, which it imports; it exports greet, length, /));
    await assert.rejects(
      lend.loadPlugin(patched(caller, 'greet', 'lists')),
      error('ERR_LEND_PLUGIN', /it imports `lists` from `probe`, whose signature only JavaScript can call: fn\(count: u32\)/),
    );
    // Nothing is left of any of them.
    assert.deepEqual(lend.stats().modules.map(({ name }) => name), ['host', 'probe']);
    probe.unload();
  });

  it('exports a name that the loader needs', async (test) => {
    const { lend } = await start(test);
    const probe = patched(patched(await pluginBytes('probe'), 'flip next', 'flip then'), 'flip, next', 'flip, then');
    await assert.rejects(lend.loadPlugin(probe), error('ERR_LEND_PLUGIN', /it exports `then`, which is the loader's own: give the function another name/));
  });

  it('imports from one that is unloaded meanwhile', async (test) => {
    const { lend } = await start(test);
    const [probeModule, module] = [await WebAssembly.compile(await pluginBytes('probe')), await WebAssembly.compile(await pluginBytes('caller'))];
    const seen = new Set();
    // Whoever comes first: never a caller of what is gone.
    for (let ticks = 0; ticks < 12; ticks++) {
      const probe = await lend.loadPlugin(probeModule);
      const loading = Promise.allSettled([lend.loadPlugin(module)]);
      for (let i = 0; i < ticks; i++) await null;
      let refusal = '';
      try {
        probe.unload();
      } catch (error) {
        refusal = error.message;
      }
      const [{ status, value }] = await loading;
      assert.equal(status, refusal === '' ? 'rejected' : 'fulfilled');
      seen.add(status);
      if (refusal === '') continue;
      assert.match(refusal, /still in use: the plugin caller, which imports its functions/);
      assert.equal(value.numbers(7), '8 -21 Some(1.5) None');
      value.unload();
      probe.unload();
    }
    assert.equal(seen.size, 2, 'it was tried in both orders');
  });

  it('imports from one that imports from it', async (test) => {
    const { lend } = await start(test);
    const caller = await pluginBytes('caller');
    // The same plugin twice, each the source of the other.
    const one = patched(patched(caller, 'caller', 'plug_1'), 'probe', 'plug2');
    const two = patched(patched(caller, 'caller', 'plug_2'), 'probe', 'plug1');
    await assert.rejects(lend.loadPlugin(one, { name: 'plug1' }), /from the plugin `plug2`, which is not loaded/);
    await assert.rejects(
      lend.loadPlugin(two, { name: 'plug2' }),
      error('ERR_LEND_PLUGIN', /plug2 imports from plug1 imports from plug2: plugins cannot import from each other in a circle/),
    );
    await assert.rejects(lend.loadPlugin(patched(caller, 'probe', 'calle'), { name: 'calle' }), /calle imports from calle: plugins cannot/);
  });
});

describe('shims', () => {
  it('can come from the file beside the plugin', async (test) => {
    const { lend } = await start(test);
    const shims = await pluginShims('probe');
    const ownFunction = globalThis.Function;
    // As where a Content-Security-Policy has no `unsafe-eval`.
    globalThis.Function = /** @type {any} */ (function () {
      throw new EvalError('refused');
    });
    try {
      await assert.rejects(
        lend.loadPlugin(await pluginBytes('probe')),
        error('ERR_LEND_PLUGIN', /Content-Security-Policy has no 'unsafe-eval', which the plugin's shims need: import them from the file beside it/),
      );
      await assert.rejects(lend.loadPlugin(await pluginBytes('probe'), { shims: { shims: [] } }), error('ERR_LEND_PLUGIN', /not the module that was made of this plugin/));
      const probe = await lend.loadPlugin(await pluginBytes('probe'), { shims });
      assert.equal(probe.add(1, 2), 3);
      const counter = new probe.Counter(1);
      assert.equal(counter.add(1), 2);
      counter.free();
      probe.unload();
    } finally {
      globalThis.Function = ownFunction;
    }
  });
});

describe('a package that loads plugins', () => {
  it('is an ordinary one of wasm-bindgen', async (test) => {
    const { host } = await start(test);
    assert.equal(host.bound('wasm-bindgen'), 'wasm-bindgen, as before');
    assert.equal(host.call((x) => x * 2, 21), 42);
  });
});
