// The tables and the plot of docs/PERFORMANCE.md are made of measured figures, and the page shows those of docs/performance.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { addFigures, figuresText, readFigures, slowerThan } from '../../benches/figures.mjs';
import { SCHEMES, apart, plot, timeText } from '../../benches/publish/plot.mjs';
import { promisedText, promisedTable, ratioText, sizeTable, topicTable, withRegions, withTables } from '../../benches/publish/tables.mjs';
import { both } from '../../benches/topics/call.mjs';
import { SIZES, namesOf } from '../../benches/topics/handles.mjs';
import { TOPICS, checkSameWork } from '../../benches/topics/index.mjs';

const file = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);
const text = (/** @type {string} */ path) => readFileSync(file(path), 'utf8');

/** @param {string} engine @param {string} version @param {[string, number, number?][]} ratios What, median, and the fastest round. */
const entry = (engine, version, ratios, nanoseconds = {}) => ({
  engine,
  version,
  nanoseconds,
  ratios: ratios.map(([what, median, low = median]) => ({ of: `wasm-lend ${what}`, over: `wasm-bindgen ${what}`, median, low, high: 2 * median })),
});

describe('tables', () => {
  it('a column for each engine in one order, and figures that miss a promise in every round in bold', () => {
    const topic = { ratios: [both('Option<u32>, present', 1.1), both('bool')] };
    const figures = [
      entry('bun', '1.4.5', [['Option<u32>, present', 1.2, 1.15], ['bool', 7]]),
      entry('node', '20.20.2', [['Option<u32>, present', 1.2, 1.05], ['bool', 0.5]]),
      entry('firefox', '153.0', [['bool', 0.0123]]),
    ];
    assert.equal(topicTable(topic, figures), [
      '| wasm-lend | compared with | Node 20 | Firefox 153 | Bun 1.4 | promised |',
      '|---|---|---|---|---|---|',
      '| `Option<u32>`, present | wasm-bindgen | 1.20 | – | **1.20** | ≤ 1.1 |',
      '| `bool` | wasm-bindgen | 0.50 | 0.012 | 7.00 | |',
    ].join('\n'));
  });

  it('an engine in which nothing of a topic was measured has no column', () => {
    const figures = [entry('node', '20.1.0', [['bool', 1]]), entry('bun', '1.4.5', [['getter', 1]])];
    assert.equal(topicTable({ ratios: [both('bool')] }, figures).split('\n')[0], '| wasm-lend | compared with | Node 20 | promised |');
  });

  it('the ratios of a group are in one row', () => {
    const topic = { ratios: ['&str', 'String'].map((kind) => ({ ...both(`${kind}, empty`, 1), group: 'empty' })) };
    const figures = [entry('node', '20.1.0', [['&str, empty', 0.25], ['String, empty', 1.5]])];
    assert.equal(topicTable(topic, figures).split('\n')[2], '| empty | wasm-bindgen | 0.25 / **1.50** | ≤ 1 |');
  });

  it('the newer Node has the limit of Node, unless it has its own', () => {
    const table = (limit) => topicTable({ ratios: [both('bool', limit)] }, [entry('node-26', '26.1.0', [['bool', 1.5]])]);
    assert.match(table({ node: 1 }), /\*\*1\.50\*\*/);
    assert.match(table({ 'node': 1, 'node-26': 1.8 }), /\| 1\.50 \|/);
    assert.match(table({ chromium: 1 }), /\| 1\.50 \|/);
  });

  it('ratios have as many digits as they mean', () => {
    assert.deepEqual([1546.074, 152.7, 12.3, 1, 0.5, 0.0951, 0.0123, 0.0084, 0.000012].map(ratioText),
      ['1,546', '153', '12', '1.00', '0.50', '0.10', '0.012', '0.0084', '0.000012']);
  });

  it('limits are written in few words', () => {
    const of = (limit) => promisedText({ of: '', over: '', limit });
    assert.equal(of(undefined), '');
    assert.equal(of(1 / 1.8), '≤ 0.56');
    assert.equal(of({ node: 1, chromium: 1.3, firefox: 1, bun: 1 }), '≤ 1, in Chromium ≤ 1.3');
    assert.equal(of({ 'node': 1.4, 'node-26': 1.8 }), 'Node ≤ 1.4, Node 26 ≤ 1.8');
  });

  it('sizes are in KB, with and without -Oz', () => {
    const row = (boundary, messages, wasm, optimized, javascript) => ({ row: 'slice', boundary, messages, wasm, optimized, javascript });
    const sizes = { rows: [row('wasm-lend', true, 10650, 9949, 5600), row('wasm-lend', false, 9400, 8000, 5600), row('wasm-bindgen', true, 3924, 3731, 962)] };
    assert.equal(sizeTable(sizes).split('\n')[2], '| a function of a slice | 10.7 / 9.9 | 9.4 / 8.0 | 5.6 | 3.9 / 3.7 | 1.0 |');
    assert.deepEqual(promisedTable({ promised: [{ what: 'wasm', is: 16376, limit: 10700 }, { what: 'compile time', is: 1.2, limit: 1.25 }] }).split('\n').slice(2), [
      '| wasm | **16.4 KB** | ≤ 10.7 KB |', '| compile time | 1.2 | ≤ 1.25 |',
    ]);
  });

  it('only the regions of a page change, and a page without one is refused', () => {
    const page = 'before\n<!-- begin a -->\nold\n<!-- end a -->\nafter\n';
    assert.equal(withRegions(page, { a: 'new' }), 'before\n<!-- begin a -->\nnew\n<!-- end a -->\nafter\n');
    assert.throws(() => withRegions(page, { b: 'new' }), { message: 'the page has no region between "<!-- begin b -->" and "<!-- end b -->"' });
  });
});

describe('figures', () => {
  it('an engine replaces its own entry, and with some rows only those', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wasm-lend-figures-'));
    try {
      const path = join(folder, 'figures.json');
      addFigures(path, entry('node', '20.1.0', [['bool', 1], ['getter', 2]], { bool: { median: 1.23456, low: 1, high: 2 } }), false);
      addFigures(path, entry('bun', '1.4.0', [['bool', 3]]), false);
      addFigures(path, entry('node', '20.2.0', [['getter', 4]], { getter: { median: 4, low: 4, high: 4 } }), true);
      const [node, bun] = readFigures(path);
      assert.deepEqual(node.ratios.map(({ of, median }) => [of, median]), [['wasm-lend bool', 1], ['wasm-lend getter', 4]]);
      assert.deepEqual(Object.keys(node.nanoseconds), ['bool', 'getter']);
      assert.deepEqual([node.version, node.nanoseconds.bool.median, bun.engine], ['20.2.0', 1.235, 'bun']);
      addFigures(path, entry('node', '20.3.0', [['f64', 5]]), false);
      assert.deepEqual(readFigures(path)[0].ratios.map(({ of }) => of), ['wasm-lend f64']);
      assert.equal(readFileSync(path, 'utf8'), figuresText(readFigures(path)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a ratio is slower than before if no round reaches the slowest one of before', () => {
    const before = [entry('node', '20.1.0', [['bool', 1, 0.9], ['f64', 1, 0.9], ['u64', 1]])];
    const now = entry('node', '20.1.0', [['bool', 2.2, 2.1], ['f64', 2.2, 1.9], ['u64', 0.5], ['char', 9]]);
    assert.deepEqual(slowerThan(now, before).map(({ of, median, before }) => [of, median, before]), [['wasm-lend bool', 2.2, 1]]);
    assert.deepEqual(slowerThan({ ...now, engine: 'bun' }, before), []);
  });

  it('calls that are compared must return the same number', () => {
    const calls = (lend, bindgen) => [
      { name: 'wasm-lend job', f: () => lend, args: [] }, { name: 'wasm-bindgen job', f: () => bindgen, args: [] }, { name: 'bare export', f: () => 5, args: [] },
    ];
    checkSameWork(calls(1, 1));
    assert.throws(() => checkSameWork(calls(1, 2)), { message: 'wasm-lend job has the result 1, and wasm-bindgen job has 2' });
    assert.throws(() => checkSameWork(calls(undefined, undefined)), { message: 'wasm-lend job returns undefined, not a number' });
  });

  it('no ratio is in two topics, because each topic is measured by itself', () => {
    const all = TOPICS.flatMap(({ ratios }) => ratios.map(({ of, over }) => `${of} / ${over}`));
    assert.deepEqual(all.filter((ratio, index) => all.indexOf(ratio) !== index), []);
  });
});

describe('the plot', () => {
  const nanoseconds = Object.fromEntries(SIZES.flatMap(([what, size]) => {
    const names = namesOf(what);
    return [[names.bindgen, 40 + size / 16], [names.lend, 8], [names.bare, 5]].map(([name, median]) => [name, { median, low: median, high: median }]);
  }));

  it('has a line for each boundary, and names the engines', () => {
    const svg = plot([entry('bun', '1.4.5', [], nanoseconds), entry('node', '20.1.0', [], nanoseconds)], 'light');
    assert.equal([...svg.matchAll(/class="line"/g)].length, 3);
    assert.match(svg, /Line: median of Node 20, Bun 1\.4\./);
    assert.match(svg, />8 ns at every size</);
    assert.match(svg, />41 ns to 1 ms</);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
  });

  it('leaves out engines that lack a size, and fails without any', () => {
    const svg = plot([entry('node', '20.1.0', [], nanoseconds), entry('bun', '1.4.5', [['bool', 1]])], 'dark');
    assert.doesNotMatch(svg, /Bun|class="shade/);
    assert.throws(() => plot([entry('bun', '1.4.5', [])], 'dark'), { message: 'no engine has the rows of the plot' });
  });

  it('labels do not overlap', () => {
    assert.deepEqual(apart([10, 100, 110]), [10, 88, 122]);
    assert.deepEqual(apart([0, 0, 0]), [-34, 0, 34]);
  });

  it('times have units', () => assert.deepEqual([4.03, 999, 1234, 2.5e6].map(timeText), ['4 ns', '1000 ns', '1.2 µs', '2.5 ms']));
});

describe('docs/PERFORMANCE.md', () => {
  const figures = readFigures(file('docs/performance/figures.json'));
  const again = 'write it again with `cargo xtask bench --tables docs/performance/figures.json`, and --plot';

  it('shows the measured figures and the recorded sizes', () => {
    const page = text('docs/PERFORMANCE.md');
    assert.equal(page, withTables(page, TOPICS, figures, JSON.parse(text('benches/size/recorded.json'))), again);
  });

  for (const scheme of /** @type {(keyof typeof SCHEMES)[]} */ (Object.keys(SCHEMES))) {
    it(`its ${scheme} plot shows the measured figures`, () => {
      assert.equal(text(`docs/performance/cost-by-size-${scheme}.svg`), plot(figures, scheme), again);
    });
  }
});
