// Foreign code that runs when a call ends and its result is known: the end of the call releases something, and that runs foreign code.

import assert from 'node:assert/strict';

import { counts, difference } from '../counts.mjs';
import { ForeignCode, grow, reported, settled, table } from './foreignCode.mjs';

/** @typedef {import('./foreignCode.mjs').Action} Action */

const bytes = (/** @type {number[]} */ ...elements) => Uint8Array.from(elements);
const freed = (/** @type {any} */ buffer) => {
  const elements = buffer.toArray();
  buffer.free();
  return elements;
};

/** For each kind of result: its name in Rust, the type in words, the expected value, and how to read it. @type {[string, string, unknown, ((result: any) => unknown)?][]} */
export const RESULTS = [
  ['nothing', '`()`', undefined],
  ['word', '`u32` from 2^31', 0x9000_0001],
  ['all_ones', '`u32::MAX`', 0xffff_ffff],
  ['boolean', '`bool`', true],
  ['wide', '`u64::MAX`', 0xffff_ffff_ffff_ffffn],
  ['widest', '`u128`', (5n << 64n) | 7n],
  ['float', '`f64::NAN`', NaN],
  ['maybe', '`Option<f64>`', 1.5],
  ['short', '`String`, short', 'shört'],
  ['long', '`String` of 10,000 bytes', 'lông'.repeat(2000)],
  ['few', '`Vec<u8>` of 100', bytes(...Array.from({ length: 100 }, (_, i) => i + 1))],
  ['many', '`Vec<u8>` of 6,000', bytes(...Array.from({ length: 6000 }, (_, i) => i & 255))],
  ['read_only', '`Buffer<u8>`', [5, 6], freed],
  ['mutable', '`BufferMut<u8>`', [7, 8], freed],
  ['value', '`JsValue`', 'a value'],
  ['object', '`JsObject`', 77, ({ mark }) => mark],
  ['instance', 'an instance', 10, (held) => [held.total(), held.free()][0]],
  ['failure', '`Err`', 'of the function', (error) => error],
];

/**
 * @typedef {object} Way How the outer call holds what is released with it.
 * @property {string} name
 * @property {(pkg: any, result: string, held: any, other: any, f: () => void) => any} call
 * @property {(pkg: any) => any} [other] Another argument.
 * @property {typeof RESULTS} [results] The kinds of result, if not all of them.
 * @property {boolean} [isInside] The function itself has the last hold, and what runs throws through its frames: the promise never settles.
 */

const buffer = (/** @type {any} */ { lend }) => lend.createMutableBuffer(bytes(1, 2, 3, 4));
const of = (/** @type {string} */ name) => (/** @type {any} */ pkg, /** @type {string} */ result, /** @type {any[]} */ ...values) =>
  pkg[`end_${result}`][name](...values.filter((value) => value !== undefined));

/** A call that returns a promise. The buffer or instance is freed before it settles. @param {(pkg: any, held: any, promise: Promise<void>) => any} call @param {number} total @returns {Pick<Way, 'call' | 'results'>} */
const promised = (call, total) => ({
  results: [['', 'a promise', total]],
  call(pkg, _result, held, _other, f) {
    const result = call(pkg, held, settled());
    f();
    return result;
  },
});

/** @type {Way[]} */
export const OF_BUFFERS = [
  { name: '`&[T]`', call: of('slice') },
  { name: '`Buffer<T>`', call: of('keep') },
  { name: '`&[T]` beside `&mut [T]`', call: of('beside_written'), other: buffer },
  { name: '`&[T]` beside `&mut [T]` of an array', call: of('beside_written'), other: () => bytes(1, 2, 3, 4) },
  { name: '`&[T]` beside `BufferMut<T>`', call: of('beside_taken'), other: buffer },
  { name: '`&[T]` beside `JsObject`', call: of('beside_object'), other: () => ({}) },
  { name: '`&[T]` beside `&str`', call: of('beside_text'), other: () => 'beside' },
  { name: '`Buffer<T>` of an `async fn`', ...promised((pkg, held, promise) => pkg.anywhere_later.keep(held, promise), 10), isInside: true },
];

/** @type {Way[]} */
export const OF_INSTANCES = [
  { name: '`&Class`', call: of('instance') },
  { name: '`&mut Class`', call: of('instance_mut') },
  { name: '`&self`', call: (_, result, held, _other, f) => held[`end_${result}`](f) },
  { name: '`&mut self`', call: (_, result, held, _other, f) => held[`end_${result}_mut`](f) },
  { name: '`&self` of an `async fn`', ...promised((_, held, promise) => held.later_shared(promise), 10) },
  { name: '`&mut self` of an `async fn`', ...promised((_, held, promise) => held.later_mut(promise), 14) },
];

/**
 * @typedef {object} End
 * @property {string} title
 * @property {string} text
 * @property {Way[]} ways
 * @property {(pkg: any, run: () => void) => any} make Makes what is released at the end of the call.
 * @property {(pkg: any, held: any) => unknown} look
 * @property {(pkg: any, held: any) => unknown} move
 */

const readBuffer = (/** @type {any} */ pkg, /** @type {any} */ held) => pkg.anywhere_shared.look(held);
const keepBuffer = (/** @type {any} */ pkg, /** @type {any} */ held) => pkg.anywhere_keep.look(held);

/** @type {End} */
const OF_JAVASCRIPT = {
  title: 'A JavaScript release listener',
  text: 'The listener was given to `onRelease`. It runs in a microtask after the call.',
  ways: OF_BUFFERS,
  make: ({ lend }, run) => lend.createReadOnlyBuffer(bytes(1, 2, 3, 4)).onRelease(run),
  look: readBuffer,
  move: keepBuffer,
};

/** @type {End[]} */
export const ENDS = [
  {
    title: 'The drop of an owner',
    text: 'The buffer comes from `Buffer::from_owner`, and its owner has a `Drop`.',
    ways: OF_BUFFERS,
    make: (pkg) => pkg.anywhere.owned(),
    look: readBuffer,
    move: keepBuffer,
  },
  {
    title: 'The drop of an instance',
    text: 'The class has a `Drop`.',
    ways: OF_INSTANCES,
    make: (pkg) => pkg.Held.acting(),
    look: (pkg, held) => pkg.anywhere_class_ref.look(held),
    move: (pkg, held) => pkg.anywhere_class.look(held),
  },
  {
    title: 'A Rust release listener',
    text: 'The listener was given to `Buffer::on_release`.',
    ways: OF_BUFFERS,
    make: (pkg) => pkg.anywhere.listened(),
    look: readBuffer,
    move: keepBuffer,
  },
  OF_JAVASCRIPT,
];

/** Makes calls whose results and handles would overwrite those of the outer call, were they not taken yet. @param {any} pkg */
function callEverything(pkg) {
  const made = pkg.lend.alloc(Uint8Array, 3);
  for (const [name, , , read] of RESULTS) {
    if (name === 'failure') continue;
    const result = pkg[`end_${name}`].slice(made, () => {});
    read?.(result);
  }
  made.free();
}

/** @param {End} end @param {Way} way @returns {(Action & { run: (subject: any) => unknown })[]} */
const actionsOf = (end, way) => [
  { name: 'returns', isPlain: true, run() {} },
  { name: 'throws', isPlain: true, throws: true, run() {} },
  { name: 'makes calls of every kind', run: ({ pkg }) => callEverything(pkg) },
  { name: 'makes such calls, and throws', throws: true, run: ({ pkg }) => callEverything(pkg) },
  { name: 'reads it', run: ({ pkg, value }) => end.look(pkg, value) },
  { name: 'frees it', run: ({ value }) => value.free() },
  { name: 'moves it', run: ({ pkg, value }) => end.move(pkg, value) },
  { name: 'takes another argument', run: ({ pkg, other }) => (typeof other === 'string' ? pkg.anywhere_text.look(other) : take(pkg, other)) },
  { name: 'grows memory', run: ({ pkg }) => grow(pkg) },
  { name: 'frees an instance', run: ({ pkg }) => pkg.Held.acting().free() },
].filter(({ name, throws }) => (name !== 'takes another argument' || way.other !== undefined) && !(throws && way.isInside && end !== OF_JAVASCRIPT));

/** @param {any} pkg @param {any} other */
function take(pkg, other) {
  const isBuffer = other instanceof Uint8Array || other.free !== undefined;
  return isBuffer ? pkg.anywhere_vec.look(other) : pkg.anywhere_object.look(other);
}

/**
 * @param {any} pkg @param {End} end @param {Way} way @param {(typeof RESULTS)[number]} result @param {Action} action
 * @returns {Promise<string>}
 */
async function cell(pkg, end, way, [name, , expected, read = (value) => value], action) {
  const before = counts(pkg);
  const subject = { pkg, value: /** @type {any} */ (null), other: way.other?.(pkg), kind: /** @type {any} */ (null) };
  const code = new ForeignCode(action, subject);
  subject.value = end.make(pkg, code.start);
  const reports = await reported(async () => {
    let hasBegun = false;
    const { result, thrown } = await code.outcome(() => way.call(pkg, name, subject.value, subject.other, () => {
      hasBegun = true;
      subject.value.free();
      assert.equal(code.runs, 0, 'nothing runs while the call holds it');
    }));
    assert.ok(hasBegun);
    if (name === 'failure') assert.equal(read(/** @type {any} */ (thrown).message ?? thrown), expected);
    else if (thrown !== undefined) throw thrown;
    else assert.deepEqual(read(result), expected);
  });
  code.check();
  assert.deepEqual(reports, action.throws ? [code.error] : [], 'reported');
  subject.other?.free?.();
  await settled();
  assert.deepEqual(difference(before, counts(pkg)), {}, 'nothing is left');
  return action.throws ? `${action.isPlain ? '' : `${code.met}, `}is reported` : code.met;
}

/** @param {any} pkg @param {End} end @returns {Promise<{ text: string, cells: number }>} */
export async function tableOfEnd(pkg, end) {
  const names = actionsOf(end, OF_BUFFERS[2]).map(({ name }) => name);
  /** @type {[string, string[]][]} */
  const lines = [];
  let cells = 0;
  for (const way of end.ways) {
    const actions = actionsOf(end, way);
    const row = [];
    for (const name of names) {
      const action = actions.find((action) => action.name === name);
      const seen = new Set();
      for (const result of action === undefined ? [] : (way.results ?? RESULTS)) {
        try {
          seen.add(await cell(pkg, end, way, result, /** @type {Action} */ (action)));
        } catch (error) {
          throw new Error(`${end.title} × ${way.name} × ${result[1]} × ${name}: ${/** @type {Error} */ (error).message}`, { cause: error });
        }
        cells += 1;
      }
      row.push([...seen].join(' or ') || '–');
    }
    lines.push([way.name, row]);
  }
  return { text: table(names, lines), cells };
}
