// The measured calls, and which of them are compared. Only calls of the same run are compared.

/** A text that is not a literal, because an engine may know the encoding of literals. @param {string} one @param {number} units */
const text = (one, units) => JSON.parse(JSON.stringify(one.repeat(units / one.length)));

/** @type {[string, string][]} */
const TEXTS = [
  ['empty', ''],
  ...[5, 20, 64, 1000, 65536].flatMap((units) => /** @type {[string, string][]} */ ([
    [`${units} ASCII`, text('a', units)],
    [`${units} CJK`, text('漢', units)],
    ...(units <= 64 ? /** @type {[string, string][]} */ ([[`${units} Latin`, text('é', units)]]) : []),
  ])),
];

/** @type {[string, number][]} */
const FLOATS = [['16 B', 4], ['1 KiB', 256], ['64 KiB', 16384], ['1 MiB', 262144]];

/** Bytes in plain arrays that a function takes for itself. @type {[string, number][]} */
const OWNED = [['16 B', 16], ['4 KiB', 4096], ['48 MB', 48_000_000]];

/** @type {[string, number][]} */
const SIZES = [['16 B', 16], ['1 KiB', 1024], ['64 KiB', 65536], ['1 MiB', 1 << 20], ['16 MiB', 16 << 20]];

/** The calls that both boundaries have. None of them may be slower than with wasm-bindgen. */
const BOTH = [
  'bool', 'u64', 'f64', 'Option<u32>, present', 'Option<u32>, absent', 'Result<u32, _>, ok', 'Result<u32, _>, err', '&JsValue',
  ...TEXTS.flatMap(([what]) => [`&str, ${what}`, `String, ${what}`, `String returned, ${what}`]),
  ...FLOATS.map(([what]) => `Vec<f32> returned, ${what}`),
];

/**
 * @param {any} pkg The started package.
 * @param {any} raw Its wasm exports.
 */
export function calls(pkg, raw) {
  const MiB = 1024 * 1024;
  const small = new Uint8Array(16).fill(1);
  const plain = new Uint8Array(64).fill(1);
  const large = new Uint8Array(16 * MiB).fill(1);
  const lent = pkg.lend.createReadOnlyBuffer(small);
  const lentLarge = pkg.lend.createReadOnlyBuffer(large);
  const owner = new pkg.Owner(16);
  const address = lent.view.byteOffset;
  const call = (name, f, ...args) => ({ name, f, args });
  /** The same call behind both boundaries. */
  const both = (name, what, wrap, ...args) => [
    call(`wasm-bindgen ${what}`, wrap(pkg[`bindgen_${name}`]), ...args),
    call(`wasm-lend ${what}`, wrap(pkg[`lend_${name}`]), ...args),
  ];
  const as = (f) => f;
  const length = (f) => (value) => f(value).length;
  // Reading one character makes engines build the whole text, as any use of it does.
  const read = (f) => (value) => {
    const text = f(value);
    return text.length === 0 ? 0 : text.charCodeAt(text.length >> 1);
  };
  const whole = pkg.lend.alloc(Uint8Array, 16);
  const sub = pkg.lend.alloc(Uint8Array, 32).subarray(8, 24);
  const freed = (f) => () => {
    const buffer = f();
    buffer.free();
    return 1;
  };
  /** Makes Rust keep a buffer of this size for the following calls. */
  const kept = (size, f) => () => {
    if (keptSize !== size) pkg.keep((keptSize = size));
    return f();
  };
  let keptSize = 0;
  const caught = (f) => (value) => {
    try {
      return f(value);
    } catch {
      return 1;
    }
  };
  return [
    ...both('bool', 'bool', as, true),
    ...both('u64', 'u64', (f) => (value) => Number(f(value) & 1n), 5n),
    ...both('f64', 'f64', as, 1.5),
    ...both('option', 'Option<u32>, present', as, 5),
    ...both('option', 'Option<u32>, absent', (f) => (value) => f(value) ?? 1, undefined),
    ...both('result', 'Result<u32, _>, ok', as, 5),
    ...both('result', 'Result<u32, _>, err', caught, 0),
    ...both('value', '&JsValue', (f) => (value) => Number(f(value)), {}),
    ...TEXTS.flatMap(([what, text]) => [
      ...both('text_in', `&str, ${what}`, as, text),
      ...both('string_in', `String, ${what}`, as, text),
      ...both('text_out', `String returned, ${what}`, read, pkg.keep_text(text)),
    ]),
    ...FLOATS.flatMap(([what, count]) => both('floats', `Vec<f32> returned, ${what}`, length, count)),
    ...both('three', 'three numbers', as, 1, 2, 1.5),
    ...both('plain_mut', '&mut [u8], plain 16 B', as, new Uint8Array(16).fill(1)),
    ...both('plain_mut', '&mut [u8], plain 1 KiB', as, new Uint8Array(1024).fill(1)),
    ...OWNED.flatMap(([what, size]) => both('vec_in', `Vec<u8> by value, ${what}`, as, new Uint8Array(size).fill(1))),
    ...objects(both, as),
    ...methods(pkg, call),
    call('bare export, two numbers', raw.bare_add, 1, 2),
    call('bare export, address and length', raw.bare_first, address, 16),
    call('bare export, two slices', raw.bare_two, address, 16, address, 16),
    call('wasm-lend &[u8], a part', pkg.lend_part, sub),
    call('wasm-lend &mut [u8], a part', pkg.lend_part_mut, sub),
    call('wasm-lend &mut [u8], the whole', pkg.lend_part_mut, whole),
    ...SIZES.flatMap(([what, size]) => [
      call(`wasm-lend Buffer returned, ${what}`, kept(size, freed(pkg.lend_kept))),
      call(`wasm-lend Vec<u8> returned, ${what}`, kept(size, length(pkg.lend_kept_copy))),
      call(`wasm-bindgen Vec<u8> returned, ${what}`, kept(size, length(pkg.bindgen_kept_copy))),
    ]),
    call('wasm-bindgen, two numbers', pkg.bindgen_add, 1, 2),
    call('wasm-lend, two numbers', pkg.lend_add, 1, 2),
    call('wasm-bindgen &Struct', pkg.bindgen_struct, owner),
    call('wasm-lend &[u8], handle of 16 B', pkg.lend_slice, lent),
    call('wasm-lend &[u8], handle of 16 MiB', pkg.lend_slice, lentLarge),
    call('wasm-lend &[u8], handle of 64 KiB', pkg.lend_slice, pkg.lend.createReadOnlyBuffer(new Uint8Array(65536))),
    call('wasm-bindgen two &Struct', pkg.bindgen_two_structs, owner, owner),
    call('wasm-lend two &[u8] handles', pkg.lend_two_slices, lent, lent),
    call('wasm-bindgen &[u8], 16 B', pkg.bindgen_slice, small),
    call('wasm-lend &[u8], plain 16 B', pkg.lend_plain, small),
    call('wasm-bindgen &[u8], 64 B', pkg.bindgen_slice, plain),
    call('wasm-lend &[u8], plain 64 B', pkg.lend_plain, plain),
    call('wasm-bindgen &[u8], 16 MiB', pkg.bindgen_slice, large),
    call('wasm-bindgen class made and freed', (n) => { pkg.bindgen_make(n).free(); return 0; }, 16),
    call('wasm-lend Buffer made and freed', (n) => { pkg.lend_make(n).free(); return 0; }, 16),
    call('wasm-bindgen Vec<u8> of 16 B', (n) => pkg.bindgen_vec(n).length, 16),
    call('wasm-lend Vec<u8> of 16 B', (n) => pkg.lend_vec(n).length, 16),
  ];
}

/** JavaScript values, and callbacks. @param {Function} both @param {Function} as */
function objects(both, as) {
  const object = { x: 1 };
  const f = (x) => x + 1;
  const g = (value) => value === object;
  return [
    ...both('borrowed', 'object borrowed', as, object),
    ...both('borrowed_used', 'object borrowed, its type asked', (f) => (value) => Number(f(value)), object),
    ...both('owned', 'object owned, dropped', as, object),
    ...both('stored', 'object owned, stored', (f) => (value) => { f(value); return 1; }, object),
    ...both('callback', 'callback of a number, 1000 times', as, f),
    ...both('callback_object', 'callback of an object, 1000 times', as, g, object),
  ];
}

/** Methods of classes. @param {any} pkg @param {Function} call */
function methods(pkg, call) {
  return ['wasm-bindgen', 'wasm-lend'].flatMap((peer) => {
    const Counter = peer === 'wasm-bindgen' ? pkg.BindgenCounter : pkg.LendCounter;
    const counter = new Counter();
    const prefix = peer === 'wasm-bindgen' ? 'bindgen' : 'lend';
    const taken = pkg[`${prefix}_taken`];
    return [
      call(`${peer} method, &self`, (counter, more) => counter.plus(more), counter, 1),
      call(`${peer} getter`, (counter) => counter.count + 1, counter),
      call(`${peer} method, &mut self`, (counter, more) => counter.add(more), counter, 1),
      call(`${peer} instance made and freed`, (Counter) => { new Counter().free(); return 1; }, Counter),
      call(`${peer} instance passed, &T`, pkg[`${prefix}_seen`], counter),
      call(`${peer} instance passed, &mut T`, pkg[`${prefix}_counted`], counter),
      call(`${peer} two instances passed, &T`, pkg[`${prefix}_two_seen`], counter, new Counter()),
      call(`${peer} instance made and passed, T`, (Counter) => taken(new Counter()), Counter),
    ];
  });
}

/**
 * The cost of the checks of development builds: the same calls in a package with checks.
 * @param {any} pkg The started package with checks.
 */
export function checkedCalls(pkg) {
  const call = (name, f, ...args) => ({ name: `${name}, checks on`, f, args });
  const read = (length) => pkg.lend.createReadOnlyBuffer(new Uint8Array(length).fill(1));
  return [
    call('wasm-lend &[u8], handle of 16 B', pkg.lend_slice, read(16)),
    call('wasm-lend &[u8], handle of 64 KiB', pkg.lend_slice, read(65536)),
    call('wasm-lend &mut [u8], the whole', pkg.lend_part_mut, pkg.lend.alloc(Uint8Array, 16)),
    call('wasm-lend Buffer made and freed', (length) => pkg.lend_make(length).free() ?? 1, 16),
  ];
}

// The lines of the report: the ratio of two calls, the limit that is promised, if any, and the engines for which it is promised (all
// engines, if none is named).
export const ratios = [
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'bare export, address and length', limit: 1.5, engines: ['node'] },
  { of: 'wasm-lend two &[u8] handles', over: 'bare export, two slices', limit: 2, engines: ['node'] },
  { of: 'wasm-lend &[u8], a part', over: 'wasm-lend &[u8], handle of 16 B' },
  { of: 'wasm-lend &mut [u8], a part', over: 'wasm-lend &mut [u8], the whole' },
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'bare export, two numbers' },
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'wasm-bindgen &Struct', limit: 1.1 },
  { of: 'wasm-lend &[u8], handle of 16 MiB', over: 'wasm-lend &[u8], handle of 16 B', limit: 1.1 },
  { of: 'wasm-lend two &[u8] handles', over: 'wasm-bindgen two &Struct' },
  { of: 'wasm-lend, two numbers', over: 'wasm-bindgen, two numbers' },
  { of: 'wasm-lend &[u8], handle of 16 B', over: 'wasm-bindgen &[u8], 16 B' },
  { of: 'wasm-lend &[u8], plain 16 B', over: 'wasm-bindgen &[u8], 16 B' },
  { of: 'wasm-lend &[u8], plain 64 B', over: 'wasm-bindgen &[u8], 64 B' },
  { of: 'wasm-lend &[u8], handle of 16 MiB', over: 'wasm-bindgen &[u8], 16 MiB' },
  { of: 'wasm-lend Buffer made and freed', over: 'wasm-bindgen class made and freed', limit: 1 / 3 },
  { of: 'wasm-lend Buffer returned, 16 MiB', over: 'wasm-lend Buffer returned, 16 B', limit: 1.1 },
  ...SIZES.flatMap(([what]) => ['wasm-lend', 'wasm-bindgen'].map((peer) => (
    { of: `wasm-lend Buffer returned, ${what}`, over: `${peer} Vec<u8> returned, ${what}`, limit: 1 }))),
  { of: 'wasm-lend Vec<u8> of 16 B', over: 'wasm-bindgen Vec<u8> of 16 B' },
  ...['&[u8], handle of 16 B', '&[u8], handle of 64 KiB', '&mut [u8], the whole', 'Buffer made and freed'].map((what) => (
    { of: `wasm-lend ${what}, checks on`, over: `wasm-lend ${what}` })),
  { of: 'wasm-lend object borrowed', over: 'wasm-bindgen object borrowed', limit: 1 / 1.8 },
  { of: 'wasm-lend object borrowed, its type asked', over: 'wasm-bindgen object borrowed, its type asked', limit: 1 },
  { of: 'wasm-lend object owned, dropped', over: 'wasm-bindgen object owned, dropped', limit: 1, limits: { node: 1 / 1.3 } },
  ...['method, &self', 'method, &mut self', 'instance made and freed', 'object owned, stored', 'callback of a number, 1000 times', 'callback of an object, 1000 times'].map((what) => (
    { of: `wasm-lend ${what}`, over: `wasm-bindgen ${what}`, limit: 1 })),
  ...['three numbers', 'getter', '&mut [u8], plain 16 B', '&mut [u8], plain 1 KiB'].map((what) => (
    { of: `wasm-lend ${what}`, over: `wasm-bindgen ${what}` })),
  ...[['16 B', undefined], ['4 KiB', 1.5], ['48 MB', 1.1]].map(([what, limit]) => (
    { of: `wasm-lend Vec<u8> by value, ${what}`, over: `wasm-bindgen Vec<u8> by value, ${what}`, limit })),
  ...['instance passed, &T', 'instance passed, &mut T', 'two instances passed, &T', 'instance made and passed, T'].map((what) => (
    { of: `wasm-lend ${what}`, over: `wasm-bindgen ${what}`, limit: 1.1 })),
  ...BOTH.map((what) => {
    const row = { of: `wasm-lend ${what}`, over: `wasm-bindgen ${what}` };
    if (what === '&JsValue') return row;
    return what === '&str, 1000 ASCII' ? { ...row, limit: 1 / 8, limits: { chromium: 1 / 1.7, firefox: 1 / 1.7 } } : { ...row, limit: 1 };
  }),
];
