// How buffers and instances are shown in consoles, JSON and stacks; and that they cannot be cloned or constructed.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inspect } from 'node:util';
import vm from 'node:vm';

import { load, loadCopy, notIn, TARGETS, thrown } from './packages.mjs';

const CANNOT = /buffers and instances of wasm-lend cannot be cloned or posted/;

for (const target of TARGETS) {
  const pkg = await load(target);
  const { lend } = pkg;

  it(`consoles and JSON show the elements of a buffer and the public fields of an instance (${target})`, () => {
    const buffer = lend.createMutableBuffer(new Uint8Array([1, 2, 3]));
    assert.equal(inspect(buffer), 'MutableBuffer of Uint8Array(3) [ 1, 2, 3 ]');
    assert.equal(JSON.stringify({ buffer }), '{"buffer":[1,2,3]}');
    const options = new pkg.PageOptions(5);
    assert.equal(inspect(options), 'PageOptions { maxWidth: 5 }');
    assert.equal(JSON.stringify({ options }), '{"options":{"maxWidth":5}}');
    assert.deepEqual([inspect(pkg.Held.quiet()), JSON.stringify(pkg.Held.quiet())], ['Held {}', '{}']);
    for (const held of [buffer, options]) held.free();
    assert.equal(inspect(buffer), '[freed MutableBuffer<Uint8Array>]');
    assert.equal(inspect(options), '[PageOptions]');
    const records = lend.alloc(pkg.Particle, 1);
    assert.match(inspect(records), /^MutableBuffer of \[\s*\{\s*x: 0,/);
    records.free();
  });

  it(`a buffer is an iterable of its elements, like an array (${target})`, () => {
    const buffer = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
    assert.deepEqual([...buffer], [1, 2, 3]);
    assert.deepEqual(Array.from(buffer, (each) => each * 2), [2, 4, 6]);
    assert.deepEqual(new Uint8Array(buffer), new Uint8Array([1, 2, 3]));
    assert.deepEqual(Float32Array.from(buffer), new Float32Array([1, 2, 3]));
    assert.deepEqual([...Buffer.from(buffer)], [1, 2, 3]);
    assert.deepEqual(new Set(buffer), new Set([1, 2, 3]));
    assert.equal(Math.max(...buffer), 3);
    buffer.free();
    assert.equal(thrown(() => [...buffer]).code, 'ERR_LEND_RELEASED');
  });

  it(`structured clone refuses buffers and instances, also nested ones (${target})`, { skip: notIn({ bun: 'its message for a value that cannot be cloned is different' }) }, async () => {
    const buffer = lend.alloc(Uint8Array, 2);
    const series = pkg.Series.zeros(1);
    const { port1, port2 } = new MessageChannel();
    for (const held of [buffer, series]) {
      assert.throws(() => structuredClone(held), CANNOT);
      assert.throws(() => structuredClone({ a: [{ held }] }), CANNOT);
      assert.throws(() => port1.postMessage({ held }), CANNOT);
      held.free();
    }
    port1.close();
    port2.close();
  });

  it(`accepts the array constructors of another realm (${target})`, () => {
    const buffer = lend.alloc(vm.runInNewContext('Float32Array'), 2);
    assert.ok(buffer.view instanceof Float32Array);
    assert.equal(buffer.as(vm.runInNewContext('Uint8Array')).length, 8);
    const fake = { Float32Array: class { static name = 'Float32Array'; } }.Float32Array;
    assert.equal(thrown(() => lend.alloc(fake, 2)).code, 'ERR_LEND_TYPE');
    buffer.free();
  });

  it(`buffers and instances cannot be constructed by force (${target})`, () => {
    const buffer = lend.alloc(Uint8Array, 2);
    const classes = [];
    for (let Class = pkg.MutableBuffer; Class !== Function.prototype; Class = Object.getPrototypeOf(Class)) classes.push(Class);
    assert.equal(classes.length, 3);
    for (const Class of classes) {
      assert.ok(Object.isFrozen(Class));
      for (const args of [[5], [Symbol('wasm-lend'), 5, 0], []]) {
        assert.equal(thrown(() => new Class(...args)).code, 'ERR_LEND_TYPE');
        for (const Target of [pkg.MutableBuffer, class extends pkg.MutableBuffer {}, Object]) {
          assert.equal(thrown(() => Reflect.construct(Class, args, Target)).code, 'ERR_LEND_TYPE');
        }
      }
    }
    const before = lend.stats().instances;
    assert.equal(thrown(() => Reflect.construct(pkg.Series, ['x', new Float32Array(1)], Object)).code, 'ERR_LEND_TYPE');
    assert.equal(lend.stats().instances, before);
    class Named extends pkg.Series {}
    Reflect.construct(pkg.Series, ['x', new Float32Array(1)], Named).free();
    buffer.free();
  });

  it(`renames members to camelCase if the attribute asks for it (${target})`, () => {
    assert.deepEqual(Object.keys(pkg.camel), ['countAllBytes', 'as_it_is']);
    const error = thrown(() => pkg.camel.countAllBytes(1));
    assert.match(error.message, /^camel\.countAllBytes\(\): argument `theBytes: &\[u8\]` takes/);
    const options = new pkg.PageOptions(5);
    assert.equal(options.isWiderThan(4), true);
    options.maxWidth = 3;
    options.innerState = 1;
    assert.deepEqual([options.maxWidth, options.isWiderThan(4)], [3, false]);
    options.free();
  });
}

it('the stack of a refusal starts where the function was called', () => {
  return load('nodejs').then((pkg) => {
    const series = pkg.Series.zeros(1);
    /** @type {Record<string, () => unknown>} */
    const calls = {
      'a number': () => pkg.same_u8(256),
      'a slice': () => pkg.sum('x'),
      'a borrow': () => pkg.sum(Object.assign(pkg.lend.alloc(Float32Array, 1))),
      'a value': () => pkg.reversed(5),
      'a getter': () => pkg.reversed(Object.defineProperty([1], 0, { get() { throw new Error('mine'); } })),
      'a method': () => series.push('x'),
      'a constructor': () => new pkg.Series(5, new Float32Array(1)),
      'a namespace': () => pkg.camel.countAllBytes(5),
      'an error of Rust': () => pkg.fail_boxed(),
      'a text of Rust': () => pkg.fail_text(),
    };
    for (const [name, call] of Object.entries(calls)) {
      const error = thrown(function here() { call(); });
      assert.ok(error instanceof Error, name);
      assert.match(error.stack.split('\n').find((line) => /^ *at /.test(line)), /shown\.test\.mjs/, `${name}: ${error.stack}`);
    }
    series.free();
  });
});

it('the stack of a panic includes the caller', async (test) => {
  const pkg = await loadCopy(test, 'web');
  const limit = Error.stackTraceLimit;
  const error = thrown(function whoHasCalled() { pkg.panic_at(new Uint8Array(1), 7); });
  assert.equal(error.code, 'ERR_LEND_PANIC');
  assert.match(error.stack, /whoHasCalled/);
  assert.equal(Error.stackTraceLimit, limit);
});
