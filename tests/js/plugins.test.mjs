// Plugins: modules that use the memory of a package. Arguments and results, calls between modules, ownership.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { pluginBytes, pluginUrl } from './packages.mjs';
import { error, instanceOf, start, started } from './plugins.mjs';

describe('a plugin', () => {
  it('can be loaded from bytes, a module, a response or a URL', async (test) => {
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

  it('takes and returns numbers and strings', async (test) => {
    const { probe } = await started(test);
    assert.deepEqual(Object.keys(probe).includes('add'), true);
    assert.equal(probe.add(1, 2), 3);
    assert.deepEqual([probe.add_all(1), probe.add_all(1, 2, 3)], [1, 6]);
    assert.throws(() => probe.add_all(1, 2.5), error('ERR_LEND_RANGE', /probe\.add_all\(\): argument `rest: &\[u32\]` takes a whole number .*; got 2\.5 at \[0\]/));
    assert.equal(probe.wide(2n ** 63n, -3n), -3n * 2n ** 63n);
    assert.deepEqual([probe.flip(true), probe.next('a'), probe.half(3), probe.half(undefined)], [false, 'b', 1.5, undefined]);
    assert.equal(probe.greet('Wörld 🌍'), 'Hello, Wörld 🌍!');
    assert.equal(probe.length('x'.repeat(100_000)), 100_000);
    assert.equal(probe.constant(), "a constant of the probe's");
  });

  it('takes and returns slices, buffers and vectors', async (test) => {
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

  it('takes and returns objects, callbacks, closures and errors', async (test) => {
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

  it('exports classes', async (test) => {
    const { lend, probe } = await started(test);
    const counter = new probe.Counter(5);
    assert.deepEqual([counter.add(1.5), counter.count, probe.Counter.unit], [6, 6, 'events']);
    const seen = counter.seen();
    assert.deepEqual([...seen.view], [1.5]);
    assert.throws(() => counter.add(1), error('ERR_LEND_BORROWED', /Counter is borrowed by a buffer that probe\.Counter\.seen\(\) has returned/));
    seen.free();
    counter.free();
    assert.throws(() => counter.add(1), error('ERR_LEND_RELEASED', /probe\.Counter\.add\(\).*was freed/));
    assert.equal(lend.stats().instances, 0);
  });

  it('exports enums, and takes and returns plain data', async (test) => {
    const { lend, probe } = await started(test);
    assert.deepEqual({ ...probe.Pace }, { Fast: -1, Slow: 10 });
    assert.ok(Object.isFrozen(probe.Pace));
    assert.equal(probe.Pace.other(10), -1);
    assert.throws(() => probe.Pace.other(5), error('ERR_LEND_RANGE', /^probe\.Pace\.other\(\): argument `self: Pace` takes a Pace: one of/));
    const second = await lend.loadPlugin(await pluginBytes('probe'), { name: 'second' });
    assert.notEqual(second.Pace.other, probe.Pace.other);
    second.unload();
    assert.equal(probe.Pace.other(-1), 10);
    assert.equal(probe.same_pace(probe.Pace.Fast), -1);
    assert.equal(probe.ask_pace((pace) => pace - 11), -1);
    assert.throws(() => probe.same_pace(0), error('ERR_LEND_RANGE', /^probe\.same_pace\(\): argument `pace: Pace` takes a Pace: one of -1 \(Fast\), 10 \(Slow\); got 0$/));
    const figures = [{ type: 'Circle', radius: 1 }, { type: 'Square', value: { width: 1, height: 2 } }, { type: 'Square', value: { width: 1 } }, { type: 'Nothing' }];
    assert.deepEqual(probe.same_figures(figures), figures);
    assert.throws(() => probe.same_figures([{ type: 'Square', value: { height: 1 } }]), error('ERR_LEND_TYPE', /`figures: Vec<Figure>` \[0\]\.value\.width takes a number; got undefined$/));
    const cause = new Error('from a getter');
    assert.throws(() => probe.same_figures([{ get type() { throw cause; } }]), (thrown) => thrown.cause === cause && thrown.code === 'ERR_LEND_TYPE');
    assert.equal(lend.stats().objects, 0);
  });

  it('refuses the same values as a package, and names the plugin and the function', async (test) => {
    const { lend, probe } = await started(test);
    assert.throws(() => probe.add(1, -1), error('ERR_LEND_RANGE', /^probe\.add\(\): argument `b: u32` takes a whole number from 0 to 4294967295; got -1$/));
    assert.throws(() => probe.sum('x'), error('ERR_LEND_TYPE', /^probe\.sum\(\): argument `values: &\[f32\]` takes a ReadOnlyBuffer<Float32Array>/));
    const buffer = lend.createReadOnlyBuffer(Float32Array.of(1));
    assert.throws(() => probe.scale(buffer, 1), error('ERR_LEND_TYPE', /^probe\.scale\(\)/));
    buffer.free();
    assert.throws(() => probe.sum(buffer), error('ERR_LEND_RELEASED', /was freed/));
  });
});

describe('calls from one module to another', () => {
  it('take and return every type that modules can exchange', async (test) => {
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

  it('see a buffer at the same address in every module', async (test) => {
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

  it('release a buffer with its last reference in any module', async (test) => {
    const { lend, caller, probe } = await started(test);
    const bytes = lend.createReadOnlyBuffer(Uint8Array.of(1, 2, 3));
    const address = caller.keep_there(bytes);
    assert.equal(bytes.view.byteOffset, address);
    bytes.free();
    assert.equal(lend.stats().bytes, 3, 'the probe holds it');
    const back = caller.take_back();
    assert.deepEqual([...back.view, back.view.byteOffset], [1, 2, 3, address]);
    back.free();
    assert.equal(lend.stats().bytes, 0);
    assert.equal(caller.take_back(), undefined);
    probe.keep(lend.createReadOnlyBuffer(Uint8Array.of(4)));
    probe.kept().free();
    assert.equal(caller.take_back(), undefined);
  });

  it('pass JavaScript values by index', async (test) => {
    const { lend, caller } = await started(test);
    const value = { text: 'the same' };
    assert.equal(caller.hold_there(value), 'Object');
    assert.equal(lend.stats().objects, 1);
    assert.equal(caller.back(), value);
    assert.equal(lend.stats().objects, 0);
  });
});

describe('memory', () => {
  it('data, stacks and table entries of modules do not overlap', async (test) => {
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
    // Nested calls use one stack, each below the one before.
    const [own, theirs, , , hosts] = caller.all_places();
    assert.ok(theirs < own && hosts < own, `${[own, theirs, hosts]}`);
    for (const at of [stack, own, theirs, hosts]) assert.ok(!within(ofProbe.data, at) && !within(ofCaller.data, at) && at < host.constant_address());
    assert.equal(host.constant(), "a constant of the host's");
    assert.equal(probe.constant(), "a constant of the probe's");
  });

  it('a module that is merely linked with --import-memory overwrites the data of the host', async (test) => {
    const { host } = await start(test);
    const constant = host.constant();
    const address = host.constant_address();
    const { memory } = await instanceOf(host);
    const naive = await WebAssembly.instantiate(await WebAssembly.compile(await pluginBytes('naive')), { env: { memory } });
    assert.equal(naive.exports.constant(1), '!'.charCodeAt(0));
    // It has overwritten the host's constants. This is why plugins are compiled in another way.
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, address, constant.length));
    assert.equal(constant, "a constant of the host's");
    assert.equal(text, '!'.repeat(constant.length));
  });

  it('any module may grow it', async (test) => {
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
  it('is refused with a list of what is still in use', async (test) => {
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

  it('is refused during a call', async (test) => {
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

  it('stats() counts what each module has made', async (test) => {
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

describe('a package that loads plugins', () => {
  it('is an ordinary wasm-bindgen package', async (test) => {
    const { host } = await start(test);
    assert.equal(host.bound('wasm-bindgen'), 'wasm-bindgen, unchanged');
    assert.equal(host.call((x) => x * 2, 21), 42);
  });
});
