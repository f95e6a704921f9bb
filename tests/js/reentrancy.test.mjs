// What becomes of a call that is made while another one has the same buffer, instance or value: every pair of parameters. The table in
// docs/RE-ENTRANCY.md is what this test has seen; `UPDATE=1` writes it anew.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { it } from 'node:test';

import { load } from './packages.mjs';

const FILE = new URL('../../docs/RE-ENTRANCY.md', import.meta.url);

/** By the parameter's type: the functions' name, and of what it takes one. */
const BUFFERS = {
  '&[T]': ['shared', ['mutable', 'readOnly']],
  '&mut [T]': ['exclusive', ['mutable']],
  'Buffer<T>': ['keep', ['readOnly']],
  'BufferMut<T>': ['take', ['mutable']],
  'Vec<T>': ['vec', ['mutable']],
};
const INSTANCES = { '&Class': ['ref', ['instance']], '&mut Class': ['mut', ['instance']], Class: ['move', ['instance']] };
const OBJECTS = { "JsRef<'_>": ['js_ref', ['object']], JsObject: ['js_object', ['object']] };

/** @param {any} pkg What calls are made with, by what they take. */
const makers = ({ lend, Series }) => ({
  mutable: () => lend.createMutableBuffer(new Uint8Array(4)),
  readOnly: () => lend.createReadOnlyBuffer(new Uint8Array(4)),
  instance: () => Series.zeros(4),
  object: () => ({}),
});

/** @param {() => unknown} call @returns {string} */
function outcome(call) {
  try {
    call();
    return 'runs';
  } catch (error) {
    if (error?.code === undefined) throw error;
    return `\`${error.code}\``;
  }
}

/** The same call, and after it the same once more: nothing is left behind. @param {any} pkg */
function pair(pkg, kind, outer, inner) {
  const value = makers(pkg)[kind]();
  let seen;
  const outside = outcome(() => pkg[`outer_${outer}`](value, () => {
    seen = outcome(() => (inner === 'free' ? value.free() : pkg[`inner_${inner}`](value)));
  }));
  assert.equal(outside, 'runs', `${outer}, ${inner}`);
  const isGone = outcome(() => value.length) !== 'runs';
  if (!isGone) {
    assert.equal(outcome(() => pkg[`inner_${outer}`](value)), 'runs', `${outer} after ${inner}`);
    value.free?.();
  }
  return seen;
}

/** @param {any} pkg @param {Record<string, [string, string[]]>} kinds @param {boolean} canBeFreed */
function table(pkg, kinds, canBeFreed) {
  const inside = [...Object.keys(kinds), ...(canBeFreed ? ['free()'] : [])];
  const code = (/** @type {string} */ text) => `\`${text}\``;
  const lines = [`| outside \\ inside | ${inside.map(code).join(' | ')} |`, `|${' --- |'.repeat(inside.length + 1)}`];
  for (const [outer, [outerName, outerKinds]] of Object.entries(kinds)) {
    const cells = inside.map((inner) => {
      const [innerName, innerKinds] = inner === 'free()' ? ['free', outerKinds] : kinds[inner];
      const seen = outerKinds.filter((kind) => innerKinds.includes(kind)).map((kind) => pair(pkg, kind, outerName, innerName));
      return seen.length === 0 ? '–' : [...new Set(seen)].join(' or ');
    });
    lines.push(`| ${code(outer)} | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

it('does with calls in calls what docs/RE-ENTRANCY.md says', async () => {
  const pkg = await load('web');
  const { handles, objects, borrows, instances } = pkg.lend.stats();
  const text = `# Calls within calls

A function that calls back into JavaScript has its arguments meanwhile. What becomes of a call that JavaScript then makes with the
same buffer, instance or value: each row is the parameter of the function outside, each column that of the one inside. \`–\` is for pairs
that take different things. Whatever the outcome, the function outside goes on, and when it has returned nothing is left borrowed.

This page is written by \`tests/js/reentrancy.test.mjs\`, which checks each pair (\`UPDATE=1\` writes it anew).

## Buffers

${table(pkg, BUFFERS, true)}

\`free()\` of a borrowed buffer is deferred: the memory goes when the last borrow ends. One that Rust has taken is not JavaScript's to free.
What goes with it (the \`Drop\` of its owner, release listeners of Rust) runs right after the call that had the last borrow, when its result is made;
what throws there belongs to nobody's call, and is reported (\`reportError\`, or \`console.error\`). docs/FOREIGN-CODE.md has more of that.
Parts of a buffer are borrowed by their ranges: two that do not overlap have nothing to do with each other.

## Instances of classes

${table(pkg, INSTANCES, true)}

\`&self\`, \`&mut self\` and \`self\` of a method are such parameters too. A refusal names the function that holds the instance. A buffer
that a method has lent from inside is a borrow that lasts as long as the buffer: shared for \`&[T]\`, exclusive for \`&mut [T]\`.

## Values of JavaScript

${table(pkg, OBJECTS, false)}

They are JavaScript's own, and borrowing one keeps nobody from it.

## Closures of Rust

A call of an \`export_closure_mut\` closure while it runs is \`ERR_LEND_BORROWED\`; one of \`export_closure\` runs; one of
\`export_closure_once\` is \`ERR_LEND_RELEASED\` the second time.
`;
  assert.deepEqual(
    (({ handles, objects, borrows, instances }) => ({ handles, objects, borrows, instances }))(pkg.lend.stats()),
    { handles, objects, borrows, instances },
  );
  if (process.env.UPDATE === '1') await writeFile(FILE, text);
  assert.equal(await readFile(FILE, 'utf8'), text);
});
