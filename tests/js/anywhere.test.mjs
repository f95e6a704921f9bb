// Foreign code at every point of a call, whatever it does, beside each kind of argument and before each kind of result. The tables in
// docs/FOREIGN-CODE.md are what this test has seen; `UPDATE=1` writes them anew. Beside what they say, each cell has the right result or
// error, leaves nothing behind, and the same call works again.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { it } from 'node:test';

import { tableOf } from './anywhere/during.mjs';
import { ENDS, RESULTS, tableOfEnd } from './anywhere/ends.mjs';
import { kinds } from './anywhere/kinds.mjs';
import { FINALIZER, POINTS } from './anywhere/points.mjs';
import { load } from './packages.mjs';

const FILE = new URL('../../docs/FOREIGN-CODE.md', import.meta.url);

const pkg = await load('web');
const all = kinds(pkg);
/** @type {Map<object, string>} */
const sections = new Map();
/** The point that each table was first seen at. @type {Map<string, string>} */
const tables = new Map();

/** @param {{ title: string, text: string }} point @param {() => Promise<{ text: string, cells: number }>} table */
function section(point, table) {
  it(point.title, async (test) => {
    const { text, cells } = await table();
    test.diagnostic(`${cells} cells`);
    const same = tables.get(text);
    tables.set(text, same ?? point.title);
    sections.set(point, `### ${point.title}\n\n${point.text}\n\n${same === undefined ? text : `As above: ${same.toLowerCase()}.`}`);
  });
}

const during = [...POINTS, ...(globalThis.gc === undefined ? [] : [FINALIZER])];
for (const point of during) section(point, () => tableOf(pkg, point, all));
for (const end of ENDS) section(end, () => tableOfEnd(pkg, end));

/** @param {object[]} points */
const sectionsOf = (points) => points.map((point) => sections.get(point)).join('\n\n');

/** @param {Record<string, number>} lost */
const lossInWords = (lost) => {
  if (lost.objects) return 'the object';
  return lost.buffers ? `one buffer of ${lost.bytes} bytes` : 'nothing';
};

it('is what docs/FOREIGN-CODE.md says', { skip: globalThis.gc === undefined && 'a finalizer needs a garbage collector' }, async () => {
  const text = `# Foreign code in a call

Code of others runs at many points of a call: a getter, a callback, a \`Drop\`, a listener. It may throw, make other calls, and free or move
what the call has. Here is what becomes of it: each table is a point, each row what the function outside takes, each column what
foreign code does there with the same thing, and each cell what that meets.

Whatever it is, the call outside has the right result, unless a comma and what it throws instead follow in the cell: \`throws it\` is
what foreign code has thrown, itself. When all is over nothing is borrowed, nothing is lost but what is named below, and the same call can
be made again. \`–\` is for what cannot be done with such a thing. To free a plain array is to transfer its memory away.

\`tests/js/anywhere.test.mjs\` writes this page (\`UPDATE=1\`), and checks each cell. docs/RE-ENTRANCY.md has every pair of parameters.

## What is lost

An exception of JavaScript runs no destructor in the frames of Rust that it goes through. A function that calls an import without \`catch\`, or
whose \`Drop\` does, loses what it owned then. The memory of a \`Vec\`, a \`String\` or a value is counted nowhere; of the others the test counts:

| the function owned | lost |
| --- | --- |
${[...new Map(all.filter(({ spends, lost }) => spends === 'call' || Object.keys(lost).length > 0).map(({ name, lost }) => [name, lost]))].map(([name, lost]) => `| ${name} | ${lossInWords(lost)} |`).join('\n')}

What it had only borrowed is given back. An \`async fn\` that loses its frames so never settles its promise; others do. In builds whose panics unwind such an
exception ends the instance: see README.md.

## While a call has its arguments

${sectionsOf([...POINTS, FINALIZER])}

## When a call ends

A buffer or an instance that JavaScript frees while a call borrows it goes with the call, and what goes with it runs code of others: when
the result is in JavaScript's hands. So that code finds no call half ended, and what it throws is nobody's: \`reportError\` has it, or else
\`console.error\`. Each cell was seen with every kind of result:

${RESULTS.map(([, words]) => `- ${words}`).join('\n')}

${sectionsOf(ENDS)}
`;
  if (globalThis.process?.env.UPDATE === '1') await writeFile(FILE, text);
  assert.equal(await readFile(FILE, 'utf8'), text);
});
