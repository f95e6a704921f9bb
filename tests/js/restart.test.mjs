// A second start, after a panic or with new code. The new instance replaces the old one, and nothing of the old one affects it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { collectGarbage, copyOf, fewHandles, growing, notIn, pluginBytes, thrown } from './packages.mjs';

const require = createRequire(import.meta.url);
/** The reason to skip tests that import a package twice. */
const SAME = notIn({ bun: 'it loads one module for two URLs of the same file' });
const ENDED = 'an instance of this package that has ended: the package was started again since';

/** A function that starts a copy of a package once more each time: it imports the module under another URL. @param {import('node:test').TestContext} test */
async function restartable(test, name = 'e2e') {
  const folder = await copyOf(test, 'web', name);
  const file = join(folder, name.replaceAll('-', '_'));
  const url = pathToFileURL(`${file}.js`).href;
  const module = new WebAssembly.Module(await readFile(`${file}_bg.wasm`));
  let count = 0;
  const prepare = async () => {
    const pkg = await import(`${url}?start=${(count += 1)}`);
    return { initSync: () => pkg.initSync({ module }), pkg };
  };
  const start = async () => {
    const { initSync, pkg } = await prepare();
    initSync();
    return pkg;
  };
  return Object.assign(start, { prepare });
}

/** @param {any} pkg */
const panic = (pkg) => assert.equal(thrown(() => pkg.panic_at(new Uint8Array(3), 5)).code, 'ERR_LEND_PANIC');

it('a second start after a panic makes both imports work again', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  first.same_u8(1);
  panic(first);
  assert.equal(thrown(() => first.sum(new Uint8Array(1))).code, 'ERR_LEND_POISONED');
  const second = await start();
  for (const pkg of [first, second]) {
    assert.equal(pkg.sum(new Uint8Array([1, 2])), 3);
    assert.equal(pkg.TextDecoder('ä'), 2);
    const series = new pkg.Series('x', new Float32Array([1, 2]));
    assert.equal(series.sum(), 3);
    series.free();
    assert.deepEqual(pkg.object_echo({ a: 1 }), { a: 1 });
    const buffer = pkg.lend.createMutableBuffer(new Float32Array([1, 2]));
    pkg.scale(buffer, 2);
    assert.deepEqual([...buffer.view], [2, 4]);
    buffer.free();
  }
  assert.equal(second.sum, first.sum);
});

it('what belongs to the old instance is refused, and freeing it does not affect the new one', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const buffer = first.lend.createReadOnlyBuffer(new Uint8Array([1, 2]));
  const { view } = buffer;
  const sub = buffer.subarray(0, 1);
  const series = new first.Series('old', new Float32Array(3));
  const closure = first.closure_multiply(2);
  const promise = first.later_never();
  const particles = first.lend.alloc(first.Particle, 2);
  const particle = particles.at(0);
  const second = await start();
  // These get the same handles in the new instance.
  const own = second.lend.createReadOnlyBuffer(new Uint8Array([7, 8]));
  const ownSeries = new second.Series('new', new Float32Array(5));
  second.object_keep({ mine: true });
  const now = () => ({ ...second.lend.stats(), viewsMade: 0, memoryBytes: 0 });
  const before = now();

  const where = 'sum(): argument `values: &[u8]`';
  const refused = (call, message) => {
    const error = thrown(call);
    assert.deepEqual([error.code, error.message], ['ERR_LEND_INSTANCE', message]);
  };
  refused(() => second.sum(buffer), `${where}: the buffer belongs to ${ENDED}`);
  refused(() => second.sum(sub), `${where}: the buffer belongs to ${ENDED}`);
  refused(() => buffer.view, `ReadOnlyBuffer.view: the buffer belongs to ${ENDED}`);
  refused(() => buffer.length, `ReadOnlyBuffer.length: the buffer belongs to ${ENDED}`);
  refused(() => buffer.freeze?.() ?? buffer.subarray(), `ReadOnlyBuffer.subarray(): the buffer belongs to ${ENDED}`);
  refused(() => series.sum(), `Series.sum(): argument \`this: &Series\`: the Series belongs to ${ENDED}`);
  refused(() => closure(1), `a closure of Rust: it belongs to ${ENDED}`);
  refused(() => particle.x, `MutableBuffer.view: the buffer belongs to ${ENDED}`);
  assert.deepEqual([buffer.freed, buffer.moved, String(buffer)], [false, false, 'a formerly used ReadOnlyBuffer<Uint8Array>']);
  await assert.rejects(promise, { code: 'ERR_LEND_INSTANCE', message: `the promise belongs to ${ENDED}` });
  // Old views still show the old memory.
  if (!growing) assert.deepEqual([...view], [1, 2]);
  for (const old of [buffer, sub, series, particles, closure]) old.free();
  assert.deepEqual(now(), before);
  assert.deepEqual([second.sum(own), ownSeries.length, second.objects_kept()], [15, 5, [{ mine: true }]]);
  assert.deepEqual([buffer, own].map((each) => each instanceof first.ReadOnlyBuffer && each instanceof second.ReadOnlyBuffer), [true, true]);
});

it('code of the old instance that still runs cannot affect the new one', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  let go = () => {};
  // Rust holds the object until the promise settles.
  const promise = first.hold_until({ held: true }, new Promise((resolve) => { go = resolve; }));
  promise.catch(() => {});
  first.object_keep({ old: 1 });
  const second = await start();
  second.object_keep({ mine: 1 });
  const before = second.lend.objectTable();
  go('x');
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual(second.lend.objectTable(), before);
});

it('a pending step of a stream is rejected', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const stream = first.stream_ticks(3, () => new Promise(() => {}));
  const step = stream.next();
  await start();
  await assert.rejects(step, { code: 'ERR_LEND_INSTANCE' });
});

it('plugins end with their instance, and so do plugins that are loading', { skip: SAME || fewHandles }, async (test) => {
  const start = await restartable(test, 'plugin-tests-host');
  const module = await WebAssembly.compile(await pluginBytes('probe'));
  const first = await start();
  const probe = await first.lend.loadPlugin(module);
  assert.equal(probe.count(), 1);
  const second = await start();
  assert.equal(thrown(() => probe.count()).code, 'ERR_LEND_INSTANCE');
  assert.deepEqual(second.lend.stats().modules.map(({ name }) => name), ['host']);
  const again = await second.lend.loadPlugin(module);
  assert.equal(again.count(), 1, 'it has its own statics');
  again.unload();
  for (let ticks = 0; ticks < 16; ticks++) {
    const { initSync, pkg } = await start.prepare();
    const loading = pkg.lend.loadPlugin(module, { name: `loaded${ticks}` }).then((plugin) => plugin, (error) => error);
    for (let i = 0; i < ticks; i++) await null;
    initSync();
    const outcome = await loading;
    // Depending on the tick, the load is rejected, is done in the new instance, or was done in the old one before that ended.
    let refusal = outcome instanceof Error ? outcome : undefined;
    try {
      if (refusal === undefined) assert.equal(outcome.count(), 1);
    } catch (error) {
      refusal = error;
    }
    if (refusal !== undefined) assert.equal(refusal.code, 'ERR_LEND_INSTANCE', `after ${ticks} ticks: ${refusal}`);
    const fresh = await pkg.lend.loadPlugin(module);
    assert.equal(fresh.count(), 1);
    assert.equal(pkg.lend.stats().modules.length, refusal === undefined ? 3 : 2);
  }
});

it('an old buffer is recognized, whatever properties it gets', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const old = first.lend.createReadOnlyBuffer(new Uint8Array([1, 2]));
  const second = await start();
  const own = second.lend.createReadOnlyBuffer(new Uint8Array([7, 8]));
  Object.assign(old, own);
  assert.equal(old.$lent, own.$lent);
  assert.equal(thrown(() => second.sum(old)).code, 'ERR_LEND_INSTANCE');
  assert.equal(thrown(() => old.view).code, 'ERR_LEND_INSTANCE');
  old.free();
  assert.equal(second.sum(own), 15);
});

it('collecting objects of the old instance frees nothing in the new one', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const collected = new Set();
  const watcher = new FinalizationRegistry((name) => collected.add(name));
  (() => {
    const buffer = first.lend.alloc(Uint8Array, 8);
    const series = first.Series.zeros(1);
    const closure = first.closure_multiply(2);
    for (const [name, each] of Object.entries({ buffer, series, closure })) watcher.register(each, name);
  })();
  // After this task they are registered for finalization.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const second = await start();
  const held = [second.lend.alloc(Uint8Array, 8), second.Series.zeros(1), second.closure_multiply(2)];
  const before = second.lend.stats();
  await collectGarbage(() => collected.size === 3);
  assert.deepEqual({ ...second.lend.stats(), viewsMade: 0 }, { ...before, viewsMade: 0 });
  assert.equal(held[2](2), 4);
});

it('a listener of leaks may start the package again, and nothing of the new instance is freed', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const { initSync, pkg } = await start.prepare();
  let fresh = null;
  first.lend.onLeak(() => {
    first.lend.onLeak(null);
    initSync();
    fresh = pkg.lend.createMutableBuffer(new Uint8Array([7, 8, 9]));
  });
  (() => first.lend.createMutableBuffer(new Uint8Array([1, 2, 3])))();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await collectGarbage(() => fresh !== null);
  assert.equal(pkg.sum(fresh), 24);
  fresh.free();
});

it('onPanic calls its listener, and the package can be started again', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const called = [];
  first.lend.onPanic((error) => called.push(error.code));
  panic(first);
  assert.deepEqual(called, [], 'not during the call');
  await Promise.resolve();
  assert.deepEqual(called, ['ERR_LEND_PANIC']);
  const second = await start();
  panic(second);
  await Promise.resolve();
  assert.deepEqual(called, ['ERR_LEND_PANIC', 'ERR_LEND_PANIC'], 'a listener stays after a restart');
  second.lend.onPanic(null);
  assert.equal(thrown(() => second.lend.onPanic(5)).message, 'lend.onPanic() takes a function, or null; got 5');
});

it('a running call cannot start the package again', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const buffer = first.lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
  /** @type {any} */
  let refused;
  const next = await start.prepare();
  assert.equal(first.run_within(() => { refused = thrown(() => next.initSync()); }, buffer), 3);
  assert.equal(refused.code, 'ERR_LEND_INSTANCE');
  assert.equal(refused.message, 'the package was started again by what a call of it has called, and that call is still running: import and start it once more when the call has returned');
  assert.equal(first.sum(buffer), 6);
  const second = await start();
  assert.equal(second.sum(new Uint8Array([4])), 4);
});

it('works if `Error` is frozen or formats stacks in another way', { skip: SAME }, async (test) => {
  const folder = await copyOf(test, 'web');
  for (const spoil of ['Object.freeze(Error)', 'Error.prepareStackTrace = (error, frames) => frames', "Error.prepareStackTrace = () => { throw new Error('mine'); }", 'delete Error.stackTraceLimit']) {
    const program = `
      const { readFile } = await import('node:fs/promises');
      const module = new WebAssembly.Module(await readFile(${JSON.stringify(join(folder, 'e2e_bg.wasm'))}));
      ${spoil};
      const start = async (n) => {
        const pkg = await import(${JSON.stringify(pathToFileURL(join(folder, 'e2e.js')).href)} + '?' + n);
        return { pkg, start: () => pkg.initSync({ module }) };
      };
      const thrown = (f) => { try { f(); return 'nothing'; } catch (error) { return error.code; } };
      const first = await start(1);
      first.start();
      const { pkg } = first;
      const next = await start(2);
      let inside;
      // The stack of a frozen Error has only ten frames, and the call may be further out.
      if (!Object.isFrozen(Error)) pkg.run_within(() => { inside = thrown(next.start); }, new Uint8Array(1));
      let called = 0;
      pkg.lend.onPanic(() => { called += 1; });
      const codes = [inside, thrown(() => pkg.sum('x')), thrown(() => pkg.panic_at(new Uint8Array(1), 5)), thrown(() => pkg.sum(new Uint8Array(1)))];
      await null;
      (await start(3)).start();
      console.log(...codes, called, pkg.sum(new Uint8Array([4])), Error.stackTraceLimit);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
    const limit = spoil.startsWith('delete') ? 'undefined' : '10';
    assert.equal(stdout.trim(), `${spoil.startsWith('Object') ? undefined : 'ERR_LEND_INSTANCE'} ERR_LEND_TYPE ERR_LEND_PANIC ERR_LEND_POISONED 1 4 ${limit}`, `${spoil}: ${stderr}`);
  }
});

it('starts again in a host without TextEncoder and TextDecoder', { skip: SAME }, async (test) => {
  const folder = await copyOf(test, 'web');
  const program = `
    const { readFile } = await import('node:fs/promises');
    const module = new WebAssembly.Module(await readFile(${JSON.stringify(join(folder, 'e2e_bg.wasm'))}));
    delete globalThis.TextEncoder;
    delete globalThis.TextDecoder;
    const start = async (n) => {
      const pkg = await import(${JSON.stringify(pathToFileURL(join(folder, 'e2e.js')).href)} + '?' + n);
      pkg.initSync({ module });
      return pkg;
    };
    const first = await start(1);
    try { first.panic_at(new Uint8Array(1), 5); } catch (error) { console.log(error.code); }
    const second = await start(2);
    console.log(second.sum(new Uint8Array([4])), second.TextDecoder('ä'), typeof TextEncoder, typeof TextDecoder);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  assert.equal(stdout, 'ERR_LEND_PANIC\n4 2 undefined undefined\n', stderr);
});

it('a restart by valueOf() while a sub-buffer is made does not affect the new instance', { skip: SAME }, async (test) => {
  const start = await restartable(test);
  const first = await start();
  const old = first.lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4]));
  const other = first.lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4]));
  const next = await start.prepare();
  let own;
  const restart = () => {
    if (own === undefined) {
      next.initSync();
      own = [7, 8].map((byte) => next.pkg.lend.createReadOnlyBuffer(new Uint8Array([byte, byte, byte, byte])));
    }
    return 2;
  };
  assert.equal(thrown(() => old.subarray({ valueOf: restart }, 3)).code, 'ERR_LEND_INSTANCE');
  assert.equal(thrown(() => other.reshape([{ valueOf: restart }, 2])).code, 'ERR_LEND_INSTANCE');
  assert.deepEqual(own.map(({ shape, holders }) => [shape, holders]), [[[4], 1], [[4], 1]]);
});

it('a CommonJS package starts again when it is loaded once more', { skip: SAME }, async (test) => {
  const main = join(await copyOf(test, 'nodejs'), 'e2e.js');
  const first = require(main);
  panic(first);
  delete require.cache[main];
  const second = require(main);
  assert.deepEqual([first.sum(new Uint8Array([4])), second.sum(new Uint8Array([4]))], [4, 4]);
});

it('1,000 panics and starts do not leak memory', { timeout: 300_000, skip: (growing || fewHandles) && 'there is no such package with `__wbg_reset_state`' }, async (test) => {
  const folder = await copyOf(test, 'web-reset');
  const pkg = await import(pathToFileURL(join(folder, 'e2e.js')).href);
  pkg.initSync({ module: await readFile(join(folder, 'e2e_bg.wasm')) });
  const round = () => {
    const buffer = pkg.lend.createMutableBuffer(new Float32Array(1000));
    pkg.scale(buffer, 2);
    const series = pkg.Series.zeros(100);
    pkg.object_keep({ a: 1 });
    assert.equal(series.length + buffer.length, 1100);
    panic(pkg);
    pkg.__wbg_reset_state();
    assert.equal(pkg.lend.stats().buffers, 0);
  };
  const sizes = [];
  for (let i = 0; i < 1000; i++) {
    round();
    if (i % 250 !== 249) continue;
    for (let pass = 0; pass < 3; pass++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      globalThis.gc?.();
    }
    sizes.push(process.memoryUsage());
  }
  const grown = (name) => (sizes.at(-1)[name] - sizes[0][name]) / 2 ** 20;
  // The memory of one instance is more than one MiB.
  for (const name of ['heapUsed', 'arrayBuffers', 'external']) assert.ok(grown(name) < 8, `${name} has grown by ${grown(name)} MiB`);
});

it('modules of an earlier version do not reach the new instance', { skip: SAME }, async (test) => {
  const folder = await copyOf(test, 'web');
  // Another version of the package beside the first. It shares the files of the runtime, as after a hot update.
  const [snippets] = (await readdir(join(folder, 'snippets'))).filter((name) => name.startsWith('e2e-'));
  await cp(join(folder, 'snippets', snippets), join(folder, 'snippets', 'next'), { recursive: true });
  const glue = await readFile(join(folder, 'e2e.js'), 'utf8');
  await writeFile(join(folder, 'next.js'), glue.replace(new RegExp(`(from ['"]\\./snippets/)${snippets}`, 'g'), '$1next'));
  const module = new WebAssembly.Module(await readFile(join(folder, 'e2e_bg.wasm')));
  const [first, next] = await Promise.all(['e2e.js', 'next.js'].map((name) => import(pathToFileURL(join(folder, name)).href)));
  first.initSync({ module });
  const old = new first.Series('old', new Float32Array([1]));
  assert.equal(old.sum(), 1);
  next.initSync({ module });
  const fresh = new next.Series('new', new Float32Array([7]));
  const belongs = { code: 'ERR_LEND_INSTANCE' };
  assert.throws(() => old.sum(), belongs);
  assert.throws(() => old.length, belongs);
  assert.throws(() => new first.Series('x', new Float32Array()), belongs);
  assert.throws(() => next.series_length(old), belongs);
  old.free();
  assert.equal(fresh.sum(), 7, 'nothing of it was freed');
  fresh.free();
});
