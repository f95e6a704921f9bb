// Numbers, options, results of type `Result`, and strings: the same signature behind both boundaries.

import { as, both, call, pairs } from './call.mjs';

/** @type {import('./call.mjs').Topic} */
export const scalars = {
  name: 'scalars',
  title: 'The same signature behind both: numbers, options and `Result`s',
  calls({ pkg }) {
    const pair = pairs(pkg);
    const caught = (f) => (value) => {
      try {
        return f(value);
      } catch {
        return 1;
      }
    };
    return [
      call('wasm-bindgen two numbers', pkg.bindgen_add, 1, 2),
      call('wasm-lend two numbers', pkg.lend_add, 1, 2),
      ...pair('three', 'three numbers', as, 1, 2, 1.5),
      ...pair('bool', 'bool', as, true),
      ...pair('u64', 'u64', (f) => (value) => Number(f(value) & 1n), 5n),
      ...pair('f64', 'f64', as, 1.5),
      ...pair('option', 'Option<u32>, present', as, 5),
      ...pair('option', 'Option<u32>, absent', (f) => (value) => f(value) ?? 1, undefined),
      ...pair('result', 'Result<u32, _>, ok', as, 5),
      ...pair('result', 'Result<u32, _>, err', caught, 0),
      ...pair('value', '&JsValue', (f) => (value) => Number(f(value)), {}),
    ];
  },
  ratios: [
    both('two numbers'),
    both('three numbers'),
    both('bool', 1),
    both('f64', 1),
    ...['u64', 'Option<u32>, present', 'Option<u32>, absent'].map((what) => both(what, 1.1)),
    both('Result<u32, _>, ok', 1),
    both('Result<u32, _>, err', 1),
    both('&JsValue'),
  ],
};

/** A text that is not a literal, because an engine may know the encoding of literals. @param {string} one @param {number} units */
const text = (one, units) => JSON.parse(JSON.stringify(one.repeat(Math.ceil(units / one.length)).slice(0, units)));

/** `mixed` is text of a European language: one letter in five is not ASCII. @type {[string, string][]} */
const TEXTS = [
  ['empty', ''],
  ...[5, 20, 64, 1000, 65536].flatMap((units) => /** @type {[string, string][]} */ ([
    [`${units} ASCII`, text('a', units)],
    [`${units} CJK`, text('漢', units)],
    ...(units <= 64 ? [[`${units} Latin`, text('é', units)], [`${units} mixed`, text('caféa', units)]] : []),
  ])),
];

/** @type {import('./call.mjs').Topic} */
export const strings = {
  name: 'strings',
  title: 'Strings, by their length in UTF-16 units (*mixed*: one letter in five is not ASCII)',
  calls({ pkg }) {
    const pair = pairs(pkg);
    // Reading one character makes engines build the whole text, as any use of it does.
    const read = (f) => (value) => {
      const text = f(value);
      return text.length === 0 ? 0 : text.charCodeAt(text.length >> 1);
    };
    return TEXTS.flatMap(([what, text]) => [
      ...pair('text_in', `&str, ${what}`, as, text),
      ...pair('string_in', `String, ${what}`, as, text),
      ...pair('text_out', `String returned, ${what}`, read, pkg.keep_text(text)),
    ]);
  },
  // Rows of the page: a text, as `&str`, as `String` and as a result.
  ratios: TEXTS.flatMap(([what]) => ['&str', 'String', 'String returned'].map((kind) => ({
    ...both(`${kind}, ${what}`, kind === '&str' && what === '1000 ASCII' ? { node: 1 / 8, chromium: 1 / 1.7, firefox: 1 / 1.7, bun: 1 / 8 } : 1),
    group: what,
  }))),
};
