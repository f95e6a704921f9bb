// A caller of the raw exports that makes its numbers up: it gets errors or live buffers, never a trap, and the instance goes on.
// `WASM_LEND_SEED` repeats a run.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { directory, loadCopy, rawExport, thrown } from './packages.mjs';
import { randomFrom } from './random.mjs';

const CALLS = 300_000;

/** Those that end the instance whatever they are called with, or take all memory: they are there for that. */
const DELIBERATE = /panic|abort|overflow|trap|grow|recurse|exhaust|callback|_while|nest_|lend\$model\$(slice|kept|let_go|disown|divide|freeze|drop_owned|write_owned)/;
/** Those that panic where two lengths differ, an index is past the end, nothing was kept before, or there is not the memory that they
 * are told to fill: the function's own affair. */
const OWN_PANICS = /lend\$(text_beside|make_lines|swap|divide|fail_borrowing|strings_thrown_through|ones|count_in_halves|ones_copied|make_particles|one_particle|held|held_slice|holders|last_|Series\$fail\$[0-9a-f]{8}$)/;

/** Those whose promises nobody would hear the rejection of. */
const ASYNC = /lend\$(doubled_later|later_fail|later_never|later_panic|later_text|later_unit|sum_later|Series\$later(_mut)?|wait_abortable|stream_ticks|object_watched|hold_until|sweep\$of_later(_buffer)?)\$[0-9a-f]{8}$/;

/** A made-up index can stand for another value of JavaScript, which is then called as a function of the event loop's: a value for a value. */
const CALLED_LATER = /^lend_closure/;

const seed = Number(process.env.WASM_LEND_SEED ?? Date.now() & 0x7fffffff);
const random = randomFrom(seed);

const raw = async (/** @type {any} */ pkg) => pkg.initSync({ module: await readFile(join(directory('e2e', 'web'), 'e2e_bg.wasm')) });

it(`gets nothing out of raw exports with made-up numbers (seed ${seed})`, async (test) => {
  const pkg = await loadCopy(test, 'web');
  const exports = await raw(pkg);
  // What the functions of `anywhere.rs` run.
  globalThis.foreignCode = () => {};
  const names = Object.keys(exports).filter((name) => /^lend[_$]/.test(name) && [DELIBERATE, OWN_PANICS, ASYNC, CALLED_LATER].every((those) => !those.test(name)));
  assert.ok(names.length > 150, `${names.length} raw exports`);
  /** Numbers that mean something: handles, and what came back. */
  const known = [0, 1, 2, 0xffffffff, 0x80000000, 0x10000, 0x7fffffff];
  const argument = () => {
    const choice = random() % 8;
    if (choice < 4) return known[random() % known.length];
    return choice < 6 ? random() % 64 : random();
  };
  let called = 0;
  for (let i = 0; i < CALLS; i++) {
    const name = names[random() % names.length];
    const args = Array.from({ length: exports[name].length }, argument);
    // Not gigabytes of zeros, which would only take long.
    if (/^lend_(alloc|text|text_grow|scratch|objects)$/.test(name)) args[args.length === 4 ? 2 : args.length - 1] %= 4096;
    if (name === 'lend_set_limit') continue;
    try {
      const result = exports[name](...args);
      if (typeof result === 'number' && result !== 0) known[random() % 200] = result >>> 0;
      called += 1;
    } catch (error) {
      assert.ok(error instanceof TypeError && /BigInt/.test(error.message), `${name}(${args}): ${error}`);
    }
    if (i % 100 === 0) {
      // Or all memory would be somebody's in the end.
      for (let handle; (handle = exports.lend_handle_after(0) >>> 0) !== 0; ) exports.lend_free(handle);
      for (const name of ['let_go', 'disown', 'objects_let_go']) rawExport(exports, name)();
    }
    if (i % 1000 === 0) {
      const buffer = pkg.lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]));
      assert.equal(pkg.sum(buffer), 6, `after ${name}(${args})`);
      buffer.free();
    }
  }
  assert.ok(called > CALLS / 2);
  assert.equal(pkg.scale(new Float32Array(1), 2), undefined);
});

it('cannot end a borrow for a call that is still running', async (test) => {
  const pkg = await loadCopy(test, 'web');
  const exports = await raw(pkg);
  const buffer = pkg.lend.alloc(Uint8Array, 4);
  let codes = [];
  pkg.set_callback(() => {
    pkg.set_callback(() => {});
    for (let handle = exports.lend_handle_after(0) >>> 0; handle !== 0; handle = exports.lend_handle_after(handle) >>> 0) {
      for (const key of [0, 1, random(), 0xffffffff]) exports.lend_abandon(handle, key);
    }
    exports.lend_key(5);
    exports.lend_abandon(exports.lend_handle_after(0), 5);
    codes = [thrown(() => pkg.exclusive_while(buffer)).code, thrown(() => pkg.sum(buffer)).code];
  });
  pkg.exclusive_while(buffer);
  assert.deepEqual(codes, ['ERR_LEND_BORROWED', 'ERR_LEND_BORROWED']);
});

it(`tells what is in the tables, and comes to an end, whatever was made up (seed ${seed})`, async () => {
  const ROUNDS = 100;
  const worker = new Worker(new URL('madeUp.mjs', import.meta.url), { workerData: { folder: directory('e2e', 'web'), seed, rounds: ROUNDS } });
  let answers = 0;
  const ended = new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (answer) => {
      if (answer === 'done') return resolve(undefined);
      answers += 1;
      assert.ok(answer.names > 40, `${answer.names} raw exports`);
      assert.ok(answer.objects >= 0 && answer.objects <= answer.places && answer.places < 1 << 16, JSON.stringify(answer));
      assert.equal(answer.leaks, answer.handles);
    });
  });
  const late = setTimeout(() => worker.terminate(), 120_000);
  try {
    await Promise.race([ended, once(worker, 'exit')]);
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
  assert.equal(answers, ROUNDS);
});
