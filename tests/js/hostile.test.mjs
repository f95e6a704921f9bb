// Calls the raw exports with made-up numbers. Each call gets an error or a live buffer, never a trap, and the instance goes on.
// `WASM_LEND_SEED` repeats a run.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { directory, loadRaw, rawExport, thrown } from './packages.mjs';
import { randomFrom } from './random.mjs';

const CALLS = 300_000;

/** Test functions that end the instance or take all memory on purpose. */
const DELIBERATE = /panic|abort|overflow|trap|grow|recurse|exhaust|callback|_while|nest_|lend\$model\$(slice|kept|let_go|disown|divide|freeze|drop_owned|write_owned)/;
/** Test functions that panic themselves: if two lengths differ, if an index is past the end, if nothing was stored before, or if there is
* not enough memory to fill. */
const OWN_PANICS = /lend\$\$?(text_beside|make_lines|swap|divide|fail_borrowing|strings_thrown_through|ones|count_in_halves|ones_copied|make_particles|one_particle|held|held_slice|holders|last_|Series\$fail\$[0-9a-f]{8}$)/;

/** Test functions whose promises would be rejected without a handler. */
const ASYNC = /lend\$\$?(answer_later|doubled_later|(?:\w+\$)?later|later_fail|later_never|later_panic|later_text|later_unit|sum_later|Series\$later(_mut)?|wait_abortable|stream_ticks|object_watched|hold_until|job_\w+|par_\w+|jobs\$is_first|sweep\$of_later(_buffer)?)\$[0-9a-f]{8}$/;

/** A made-up index may stand for another JavaScript value, which is then called as a function. */
const CALLED_LATER = /^lend_closure/;

const seed = Number(process.env.WASM_LEND_SEED ?? Date.now() & 0x7fffffff);
const random = randomFrom(seed);

it(`raw exports refuse made-up numbers (seed ${seed})`, async (test) => {
  const { pkg, exports } = await loadRaw(test);
  // The functions of `anywhere.rs` call this.
  globalThis.foreignCode = () => {};
  const names = Object.keys(exports).filter((name) => /^lend[_$]/.test(name) && [DELIBERATE, OWN_PANICS, ASYNC, CALLED_LATER].every((those) => !those.test(name)));
  assert.ok(names.length > 150, `${names.length} raw exports`);
  /** Numbers with a meaning: handles and results. */
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
    // Gigabytes of zeros would only take long.
    if (/^lend_(alloc|gift|text|text_grow|scratch|objects)$/.test(name)) args[args.length > 2 ? args.length - 2 : args.length - 1] %= 4096;
    if (name === 'lend_set_limit') continue;
    try {
      const result = exports[name](...args);
      if (typeof result === 'number' && result !== 0) known[random() % 200] = result >>> 0;
      called += 1;
    } catch (error) {
      assert.ok(error instanceof TypeError && /BigInt/.test(error.message), `${name}(${args}): ${error}`);
    }
    if (i % 100 === 0) {
      // Otherwise all memory would be in use in the end.
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

it('made-up numbers of jobs end no borrow of a job that runs', async (test) => {
  const { pkg, exports } = await loadRaw(test);
  // The jobs run on this thread.
  pkg.lend.workers({ worker: () => Promise.reject(new Error('none in this test')) });
  const names = ['run', 'abort', 'ended', 'left', 'forget'].map((name) => `lend_job_${name}`);
  const buffer = pkg.lend.createMutableBuffer(new Uint8Array(64).fill(1));
  let settled = 0;
  for (let i = 0; i < 500; i++) {
    for (let n = 0; n < 3; n++) pkg.job_sum(buffer).then((sum) => assert.equal(sum, 64), () => {}).finally(() => (settled += 1));
    for (let n = 0; n < 8; n++) exports[names[random() % names.length]](random() % 6);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  assert.ok(settled > 500, `${settled} settled`);
  // Jobs whose numbers were forgotten never run. Nobody else's borrow has ended, so nothing can be written.
  const { borrows } = pkg.lend.stats();
  if (borrows > 0) assert.equal(thrown(() => pkg.reverse_u8(buffer)).code, 'ERR_LEND_BORROWED');
  assert.equal(pkg.sum(buffer), 64);
});

it('made-up numbers cannot end the borrow of a running call', async (test) => {
  const { pkg, exports } = await loadRaw(test);
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

it(`inspecting the tables ends, whatever was made up (seed ${seed})`, async () => {
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
