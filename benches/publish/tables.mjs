// The tables of docs/PERFORMANCE.md. Each stands between two comments of the page, `<!-- begin NAME -->` and `<!-- end NAME -->`.

import { limitIn } from '../topics/call.mjs';

/** @typedef {import('../figures.mjs').Entry} Entry */
/** @typedef {import('../topics/call.mjs').Topic} Topic */
/** @typedef {import('../topics/call.mjs').Ratio} Ratio */

/** Engines in the order of the columns, and what people call them. @type {Record<string, string>} */
const ENGINES = { 'node': 'Node', 'node-26': 'Node', 'chromium': 'Chromium', 'firefox': 'Firefox', 'webkit': 'WebKit', 'bun': 'Bun' };

/** The engines without a name of their own: another one stands for them in limits. */
const LIKE_ANOTHER = new Set(['node-26', 'webkit']);

/** An engine with its version, as far as it matters. @param {Pick<Entry, 'engine' | 'version'>} entry */
export function engineName({ engine, version }) {
  const [major, minor] = version.split('.');
  // Bun has had version 1 for years.
  return `${ENGINES[engine] ?? engine} ${engine === 'bun' ? `${major}.${minor}` : major}`.trim();
}

/** In the order of the columns. @param {Entry[]} figures */
export function inOrder(figures) {
  const place = (/** @type {Entry} */ { engine }) => Object.keys(ENGINES).indexOf(engine);
  return figures.toSorted((a, b) => place(a) - place(b));
}

/** @param {number} ratio */
export function ratioText(ratio) {
  if (ratio >= 100) return String(Math.round(ratio)).replace(/\B(?=(\d{3})+$)/g, ',');
  if (ratio >= 10) return ratio.toFixed(0);
  if (ratio >= 0.095) return ratio.toFixed(2);
  // Not in the form of 1e-7.
  return ratio.toFixed(Math.min(20, 1 - Math.floor(Math.log10(ratio)))).replace(/0$/, '');
}

/** Types of the text as code, which Markdown would take for HTML otherwise. @param {string} text */
export const codeOf = (text) => text
  .replaceAll(/&mut \[u8\]|&\[u8\]|&mut self|&self|&mut T|&T|(?:Vec|Option|Result)<[^>]*>|&Struct|&JsValue|&str|\b(?:Buffer|String|T|bool|f64|u64)\b/g, '`$&`')
  .replaceAll(/\d(?=(?:\d{3})+ (?:times|callbacks))/g, '$&,')
  .replaceAll('|', '\\|');

/** @param {number} limit */
const limitText = (limit) => String(Number(limit.toFixed(2)));

/** The limits of a ratio in few words: that of most engines first. @param {Ratio} ratio */
export function promisedText(ratio) {
  const { limit } = ratio;
  if (limit === undefined) return '';
  if (typeof limit === 'number') return `≤ ${limitText(limit)}`;
  const engines = Object.keys(ENGINES).filter((engine) => engine in limit);
  const name = (/** @type {string} */ engine) => (engine === 'node-26' ? 'Node 26' : ENGINES[engine]);
  const each = (/** @type {string[]} */ all) => all.map((engine) => `${name(engine)} ≤ ${limitText(limit[engine])}`).join(', ');
  const isForAll = Object.keys(ENGINES).every((engine) => LIKE_ANOTHER.has(engine) || engine in limit);
  const count = (/** @type {number} */ value) => engines.filter((engine) => limit[engine] === value).length;
  const most = engines.map((engine) => limit[engine]).toSorted((a, b) => count(b) - count(a))[0];
  if (!isForAll || count(most) === 1) return each(engines);
  return `≤ ${limitText(most)}, in ${each(engines.filter((engine) => limit[engine] !== most))}`;
}

/**
 * One figure. It is bold if no round of the run holds the limit: the ratio is missed.
 * @param {Entry} entry @param {Ratio} ratio
 */
function cell(entry, ratio) {
  const found = entry.ratios.find(({ of, over }) => of === ratio.of && over === ratio.over);
  if (found === undefined) return '–';
  const limit = limitIn(ratio, entry.engine);
  const text = ratioText(found.median);
  return limit !== null && found.median > limit && found.low > limit ? `**${text}**` : text;
}

/** @param {string[]} values The same value is written once. */
const together = (values) => [...new Set(values)].join(' / ');

/**
 * The table of a topic, without engines in which nothing of it was measured.
 * @param {Pick<Topic, 'ratios'>} topic @param {Entry[]} figures
 */
export function topicTable({ ratios }, figures) {
  const columns = inOrder(figures).filter((entry) => ratios.some((ratio) => cell(entry, ratio) !== '–'));
  /** Key: the text of a row. Value: its ratios. @type {Map<string, Ratio[]>} */
  const rows = new Map();
  for (const ratio of ratios) {
    const { of, over, group } = ratio;
    const what = of.replace(/^wasm-lend /, '');
    const text = group !== undefined
      ? `${group} | wasm-bindgen`
      : `${codeOf(what)} | ${over === `wasm-bindgen ${what}` ? 'wasm-bindgen' : codeOf(over)}`;
    rows.set(text, [...(rows.get(text) ?? []), ratio]);
  }
  return table(['wasm-lend', 'compared with', ...columns.map(engineName), 'promised'], [...rows].map(([text, ratios]) => [
    text,
    ...columns.map((entry) => ratios.map((ratio) => cell(entry, ratio)).join(' / ')),
    together(ratios.map(promisedText)),
  ]));
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`.replaceAll('  ', ' ');
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** What the rows of sizes are called. @type {Record<string, string>} */
const PACKAGES = {
  'numbers': 'a function of two numbers',
  'slice': 'a function of a slice',
  'string': 'a function of a `&str`',
  'vector': 'a function that returns a `Vec`',
  'buffer': 'a function that takes a `Buffer` (`Vec` with wasm-bindgen)',
  'class': 'a class with a constructor and a method',
  'callback': 'a function that calls a function of JavaScript',
  'async': 'an `async fn`',
  'one of 200': '200 functions, of which the app imports one of a slice',
  '200 functions': '200 functions, which the app imports all',
};

/** @param {number} bytes */
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

/** @param {{ rows: any[] }} sizes What `cargo xtask bench --size` has recorded. */
export function sizeTable({ rows }) {
  const find = (row, boundary, messages) => rows.find((each) => each.row === row && each.boundary === boundary && each.messages === messages);
  const wasm = (found) => (found === undefined ? '–' : `${kilobytes(found.wasm)} / ${kilobytes(found.optimized)}`);
  const script = (found) => (found === undefined ? '–' : kilobytes(found.javascript));
  return table(
    ['package', 'wasm / `-Oz`', 'without panic messages', 'JavaScript', 'wasm-bindgen: wasm / `-Oz`', 'JavaScript'],
    [...new Set(rows.map(({ row }) => row))].map((row) => {
      const [lend, bare, bindgen] = [find(row, 'wasm-lend', true), find(row, 'wasm-lend', false), find(row, 'wasm-bindgen', true)];
      return [PACKAGES[row] ?? row, wasm(lend), wasm(bare), script(lend), wasm(bindgen), script(bindgen)];
    }),
  );
}

/** @param {{ promised: { what: string, is: number, limit: number }[] }} sizes */
export function promisedTable({ promised }) {
  const text = (/** @type {number} */ value) => (value < 100 ? String(Number(value.toFixed(2))) : `${kilobytes(value)} KB`);
  return table(['figure', 'is', 'promised'], promised.map(({ what, is, limit }) => [
    what, is <= limit ? text(is) : `**${text(is)}**`, `≤ ${text(limit)}`,
  ]));
}

/** @param {Entry[]} figures */
export const enginesText = (figures) => (
  `Measured with ${inOrder(figures).map(engineName).join(', ').replace(/, ([^,]*)$/, ' and $1')}.`);

/**
 * Replaces the text between the comments of each region.
 * @param {string} page
 * @param {Record<string, string>} regions
 */
export function withRegions(page, regions) {
  for (const [name, text] of Object.entries(regions)) {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [from, to] = [page.indexOf(begin), page.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the page has no region between "${begin}" and "${end}"`);
    page = `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
  }
  return page;
}

/**
 * The page with the tables of these figures.
 * @param {string} page @param {Topic[]} topics @param {Entry[]} figures @param {any} sizes
 */
export function withTables(page, topics, figures, sizes) {
  return withRegions(page, {
    engines: enginesText(figures),
    ...Object.fromEntries(topics.map((topic) => [topic.name, topicTable(topic, figures)])),
    sizes: sizeTable(sizes),
    'promised sizes': promisedTable(sizes),
  });
}
