// The file of figures that `benches/run.mjs` writes and the page and plot are made of: an entry for each engine.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** @typedef {{ median: number, low: number, high: number }} Summary Of the rounds of one run. */
/** @typedef {Summary & { of: string, over: string }} Measured The ratio of two calls. */
/** @typedef {{ engine: string, version: string, nanoseconds: Record<string, Summary>, ratios: Measured[] }} Entry */

/** @param {string} file @returns {Entry[]} */
export const readFigures = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);

/** More digits are noise. @param {string} key @param {any} value */
const round = (key, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);

/** One line for each call and ratio. @param {Entry[]} figures */
export function figuresText(figures) {
  const line = (value) => JSON.stringify(value, round);
  const lines = (all) => (all.length === 0 ? '' : `\n      ${all.join(',\n      ')}\n    `);
  const entries = figures.map(({ engine, version, nanoseconds, ratios }) => [
    `    "engine": ${line(engine)}`,
    `    "version": ${line(version)}`,
    `    "nanoseconds": {${lines(Object.entries(nanoseconds).map(([call, summary]) => `${line(call)}: ${line(summary)}`))}}`,
    `    "ratios": [${lines(ratios.map(line))}]`,
  ].join(',\n'));
  return `[\n  {\n${entries.join('\n  },\n  {\n')}\n  }\n]\n`;
}

/**
 * Puts an entry into the file. Entries of other engines stay.
 * @param {string} file
 * @param {Entry} entry
 * @param {boolean} isPart Only some rows were measured: the others of this engine stay, too.
 */
export function addFigures(file, entry, isPart) {
  const figures = readFigures(file);
  const index = figures.findIndex(({ engine }) => engine === entry.engine);
  const before = figures[index];
  if (before === undefined) {
    figures.push(entry);
  } else if (isPart) {
    const isNew = (/** @type {Measured} */ old) => entry.ratios.every(({ of, over }) => of !== old.of || over !== old.over);
    figures[index] = {
      ...entry,
      nanoseconds: { ...before.nanoseconds, ...entry.nanoseconds },
      ratios: [...before.ratios.filter(isNew), ...entry.ratios],
    };
  } else {
    figures[index] = entry;
  }
  writeFileSync(file, figuresText(figures));
}

/**
 * The ratios that have become larger: no round of the new run was as fast as the slowest round of the old one.
 * @param {Entry} entry
 * @param {Entry[]} before
 */
export function slowerThan(entry, before) {
  const old = before.find(({ engine }) => engine === entry.engine)?.ratios ?? [];
  return entry.ratios.flatMap((now) => {
    const then = old.find(({ of, over }) => of === now.of && over === now.over);
    return then !== undefined && now.low > then.high ? [{ ...now, before: then.median }] : [];
  });
}
