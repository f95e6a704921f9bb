// The plot of docs/PERFORMANCE.md: what a call costs, by the size of the argument. Two files, for light and dark pages.

import { SIZES, namesOf } from '../topics/handles.mjs';
import { engineName, inOrder } from './tables.mjs';

/** @typedef {import('../figures.mjs').Entry} Entry */
/** @typedef {{ key: 'bindgen' | 'lend' | 'bare', label: string }} Series */
/** @typedef {{ size: number, low: number, median: number, high: number }} Point Nanoseconds, over the engines. */

/** The colours differ in lightness, too, for readers who do not see hues. */
export const SCHEMES = {
  light: { page: '#ffffff', text: '#1f2328', quiet: '#59636e', grid: '#e4e8ec', bindgen: '#bc4c00', lend: '#0969da', bare: '#6e7781' },
  dark: { page: '#0d1117', text: '#f0f6fc', quiet: '#9198a1', grid: '#242b33', bindgen: '#f0883e', lend: '#58a6ff', bare: '#9198a1' },
};

/** @type {Series[]} From the top of the plot to its bottom. */
const SERIES = [
  { key: 'bindgen', label: 'wasm-bindgen, &[u8]' },
  { key: 'lend', label: 'wasm-lend, a buffer' },
  { key: 'bare', label: 'bare export, no checks' },
];

const WIDTH = 780;
const HEIGHT = 392;
const AREA = { left: 76, right: 580, top: 84, bottom: 344 };
/** The least distance of two labels. */
const LINE = 34;

/** @param {number[]} numbers */
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/**
 * The points of a series that were measured.
 * @param {Entry[]} figures @param {Series['key']} key
 * @returns {Point[]}
 */
export function pointsOf(figures, key) {
  return SIZES.flatMap(([what, size]) => {
    const name = namesOf(what)[key];
    const times = figures.flatMap(({ nanoseconds }) => (name in nanoseconds ? [nanoseconds[name].median] : []));
    return times.length === 0 ? [] : [{ size, low: Math.min(...times), median: median(times), high: Math.max(...times) }];
  });
}

/** @param {number} nanoseconds */
export function timeText(nanoseconds) {
  const [unit, value] = nanoseconds < 1000 ? ['ns', nanoseconds] : nanoseconds < 1e6 ? ['µs', nanoseconds / 1000] : ['ms', nanoseconds / 1e6];
  return `${Number(value.toPrecision(2))} ${unit}`;
}

const escaped = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const rounded = (/** @type {number} */ number) => Number(number.toFixed(1));

/**
 * Moves labels apart that would overlap, as far up as down.
 * @param {number[]} places From top to bottom.
 */
export function apart(places) {
  /** Labels that touch each other. @type {{ count: number, middle: number }[]} */
  const groups = [];
  for (const place of places) {
    let group = { count: 1, middle: place };
    for (let before = groups.at(-1); before !== undefined; before = groups.at(-1)) {
      const distance = ((before.count + group.count) * LINE) / 2;
      if (group.middle - before.middle >= distance) break;
      groups.pop();
      const count = before.count + group.count;
      group = { count, middle: (before.middle * before.count + group.middle * group.count) / count };
    }
    groups.push(group);
  }
  return groups.flatMap(({ count, middle }) => Array.from({ length: count }, (_, index) => middle + (index - (count - 1) / 2) * LINE));
}

/** The cost in words: what it is at every size, or at the ends. @param {Point[]} points */
function costText(points) {
  const times = points.map(({ median }) => median);
  if (Math.max(...times) < 2 * Math.min(...times)) return `${timeText(median(times))} at every size`;
  return `${timeText(times[0])} to ${timeText(times[times.length - 1])}`;
}

/**
 * @param {Entry[]} allFigures @param {keyof typeof SCHEMES} scheme
 * @returns {string} An SVG.
 */
export function plot(allFigures, scheme) {
  const colors = SCHEMES[scheme];
  const figures = inOrder(allFigures).filter(({ nanoseconds }) => SIZES.every(([what]) => namesOf(what).lend in nanoseconds));
  if (figures.length === 0) throw new Error('no engine has the rows of the plot');
  const series = SERIES.map((each) => ({ ...each, points: pointsOf(figures, each.key) }));
  const all = series.flatMap(({ points }) => points);
  const from = Math.floor(Math.log10(Math.min(...all.map(({ low }) => low))));
  const to = Math.log10(Math.max(...all.map(({ high }) => high)));
  const [least, most] = [Math.log2(SIZES[0][1]), Math.log2(SIZES[SIZES.length - 1][1])];
  const x = (/** @type {number} */ size) => rounded(AREA.left + ((Math.log2(size) - least) / (most - least)) * (AREA.right - AREA.left));
  const y = (/** @type {number} */ time) => rounded(AREA.bottom - ((Math.log10(time) - from) / (to - from)) * (AREA.bottom - AREA.top));
  const path = (/** @type {[number, number][]} */ points) => `M${points.map((point) => point.join(' ')).join('L')}`;
  const text = (/** @type {number} */ at, /** @type {number} */ line, /** @type {string} */ words, attributes = '') => (
    `  <text x="${rounded(at)}" y="${rounded(line)}"${attributes}>${escaped(words)}</text>`);
  const names = figures.map(engineName).join(', ');
  const lines = [
    text(24, 34, 'What a call costs, by the size of its argument', ' class="title"'),
    text(24, 56, figures.length === 1 ? names : `Line: median of ${names}. Shade: from the fastest to the slowest.`, ' class="quiet"'),
  ];
  // Every second power of ten: more lines would not help to read the values.
  for (let decade = from; decade <= to; decade += 2) {
    const line = y(10 ** decade);
    lines.push(`  <path class="grid" d="M${AREA.left} ${line}H${AREA.right}"/>`);
    lines.push(text(AREA.left - 10, line + 4, timeText(10 ** decade), ' class="quiet" text-anchor="end"'));
  }
  for (const [what, size] of SIZES) lines.push(text(x(size), AREA.bottom + 24, what, ' class="quiet" text-anchor="middle"'));
  for (const { key, points } of series) {
    const above = points.map(({ size, high }) => /** @type {[number, number]} */ ([x(size), y(high)]));
    const below = points.map(({ size, low }) => /** @type {[number, number]} */ ([x(size), y(low)]));
    if (figures.length > 1) lines.push(`  <path class="shade ${key}" d="${path([...above, ...below.toReversed()])}Z"/>`);
  }
  for (const { key, points } of series) {
    lines.push(`  <path class="line" stroke="${colors[key]}" d="${path(points.map(({ size, median }) => [x(size), y(median)]))}"/>`);
    for (const { size, median } of points) lines.push(`  <circle class="${key}" cx="${x(size)}" cy="${y(median)}" r="3"/>`);
  }
  const ends = series.map(({ points }) => points[points.length - 1]);
  for (const [index, line] of apart(ends.map(({ median }) => y(median))).entries()) {
    const { key, label, points } = series[index];
    lines.push(text(AREA.right + 14, line - 2, label, ` class="label ${key}"`));
    lines.push(text(AREA.right + 14, line + 14, costText(points), ' class="quiet"'));
  }
  const style = [
    'text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }',
    `.title { font-size: 17px; font-weight: 600; fill: ${colors.text}; }`,
    `.quiet { font-size: 12px; fill: ${colors.quiet}; }`,
    '.label { font-weight: 600; }',
    `.grid { stroke: ${colors.grid}; }`,
    '.line { fill: none; stroke-width: 2; stroke-linejoin: round; }',
    '.shade { opacity: 0.18; }',
    ...SERIES.map(({ key }) => `.${key} { fill: ${colors[key]}; }`),
  ];
  const summary = series.map(({ label, points }) => (
    `${label}: ${points.map(({ size, median }, index) => `${SIZES[index]?.[0] ?? size} ${timeText(median)}`).join(', ')}.`)).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title summary">`,
    '  <title id="title">What a call costs, by the size of its argument</title>',
    `  <desc id="summary">${escaped(summary)}</desc>`,
    `  <style>\n    ${style.join('\n    ')}\n  </style>`,
    `  <rect width="${WIDTH}" height="${HEIGHT}" fill="${colors.page}"/>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}
