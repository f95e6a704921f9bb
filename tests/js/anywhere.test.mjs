// Foreign code runs at every point of a call, with every kind of argument and result, and does all it can do. This test writes the
// tables of docs/FOREIGN-CODE.md from what it sees (`WASM_LEND_BLESS=1`). For each cell it also checks that the result or error is right,
// that nothing is left behind, and that the same call works again.

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
/** The title of the point that first had each table. @type {Map<string, string>} */
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

it('docs/FOREIGN-CODE.md has what these tests see', { skip: globalThis.gc === undefined && 'a finalizer needs a garbage collector' }, async () => {
  const mayLose = all.filter(({ movedBy, lost }) => movedBy === 'call' || Object.keys(lost).length > 0);
  const losses = [...new Map(mayLose.map(({ name, lost }) => [name, lost]))];
  const text = `# Foreign code in a call

A call can run code that it does not know: a getter, a callback, a \`Drop\`, a listener. This foreign code may throw, make other calls, and
free or move the call's own arguments. Each table below is one point of a call at which foreign code runs. A row is the parameter of the
outer function. A column is what the foreign code does with the same argument. A cell says whether that runs or is refused. In the columns
\`returns\` and \`throws\`, a cell says how the outer call ends.

The outer call returns the right result, unless the cell says after a comma what it throws. For example, runs, throws \`ERR_LEND_TYPE\`
means: the foreign code ran, and then the outer call failed with this code. \`throws it\` means that the outer call throws the same error that
the foreign code threw. Afterwards nothing is borrowed, nothing is lost except what the next section names, and the same call works again.
\`–\` means that this cannot be done with such an argument. Freeing a plain array means transferring its memory away.

\`tests/js/anywhere.test.mjs\` writes this page (\`WASM_LEND_BLESS=1\`) and checks each cell. docs/RE-ENTRANCY.md has every pair of parameters.

## What is lost

A JavaScript exception runs no destructors in the Rust frames that it passes through. A function loses what it owns if it calls an import
without \`catch\` and that import throws. The same is true of a \`Drop\` that makes such a call. The memory of a \`Vec\`, a \`String\` or a value
is not counted anywhere. For the other types the test counts:

| the function owned | lost |
| --- | --- |
${losses.map(([name, lost]) => `| ${name} | ${lossInWords(lost)} |`).join('\n')}

Whatever the function only borrowed is given back. If an \`async fn\` loses its frames in this way, its promise never settles. All other
promises settle. In builds with unwinding panics such an exception ends the instance.

## While a call has its arguments

${sectionsOf([...POINTS, FINALIZER])}

## When a call ends

JavaScript may free a buffer or an instance while a call borrows it. Its memory is then released when the call ends, and that can run foreign
code. The foreign code runs when JavaScript already has the result, so it never sees a half-ended call. What it throws cannot reach any
caller, so it goes to \`reportError\`, or to \`console.error\` if there is no such function. Each cell was checked with every kind of result:

${RESULTS.map(([, words]) => `- ${words}`).join('\n')}

${sectionsOf(ENDS)}
`;
  if (globalThis.process?.env.WASM_LEND_BLESS) await writeFile(FILE, text);
  assert.equal(await readFile(FILE, 'utf8'), text);
});
