// node publish.mjs FIGURES [--tables] [--plot]: writes the tables of docs/PERFORMANCE.md, and its plot, from measured figures.

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { readFigures } from './figures.mjs';
import { SCHEMES, plot } from './publish/plot.mjs';
import { withTables } from './publish/tables.mjs';
import { TOPICS } from './topics/index.mjs';

const { values: options, positionals: [file] } = parseArgs({
  allowPositionals: true,
  options: { tables: { type: 'boolean', default: false }, plot: { type: 'boolean', default: false } },
});
const figures = readFigures(file);
if (figures.length === 0) throw new Error(`${file} has no figures`);

if (options.tables) {
  const page = new URL('../docs/PERFORMANCE.md', import.meta.url);
  const sizes = JSON.parse(readFileSync(new URL('size/recorded.json', import.meta.url), 'utf8'));
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), TOPICS, figures, sizes));
}
if (options.plot) {
  for (const scheme of /** @type {(keyof typeof SCHEMES)[]} */ (Object.keys(SCHEMES))) {
    writeFileSync(new URL(`../docs/performance/cost-by-size-${scheme}.svg`, import.meta.url), plot(figures, scheme));
  }
}
