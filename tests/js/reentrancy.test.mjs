// A call within a call, with the same buffer, instance or value: every pair of parameters. This test writes the tables of
// docs/RE-ENTRANCY.md from what it sees (`WASM_LEND_BLESS=1`).

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { it } from 'node:test';

import { load } from './packages.mjs';

const FILE = new URL('../../docs/RE-ENTRANCY.md', import.meta.url);

/** For each type of parameter: the names of its functions, and the kinds of argument that it takes. */
const BUFFERS = {
  '&[T]': ['shared', ['mutable', 'readOnly']],
  '&mut [T]': ['exclusive', ['mutable']],
  'Buffer<T>': ['keep', ['readOnly']],
  'BufferMut<T>': ['take', ['mutable']],
  'Vec<T>': ['vec', ['mutable']],
};
const INSTANCES = { '&Class': ['ref', ['instance']], '&mut Class': ['mut', ['instance']], Class: ['move', ['instance']] };
const OBJECTS = { "JsRef<'_>": ['js_ref', ['object']], JsObject: ['js_object', ['object']] };

/** Makes an argument of each kind. @param {any} pkg */
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

/** Makes the inner call within the outer call, and then the outer call again: nothing is left behind. @param {any} pkg */
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
  const lines = [`| outer \\ inner | ${inside.map(code).join(' | ')} |`, `|${' --- |'.repeat(inside.length + 1)}`];
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

it('docs/RE-ENTRANCY.md has the outcome of each pair of calls', async () => {
  const pkg = await load('web');
  const { handles, objects, borrows, instances } = pkg.lend.stats();
  const text = `# Calls within calls

A function that calls back into JavaScript keeps its arguments during the callback. JavaScript may then make a second call with the same
buffer, instance or value. Each row is the parameter of the outer function, and each column is the parameter of the inner function. \`–\` marks
pairs that take different things. In all cases the outer function continues, and nothing is borrowed after it has returned.

\`tests/js/reentrancy.test.mjs\` writes this page (\`WASM_LEND_BLESS=1\`) and checks each pair.

## Buffers

${table(pkg, BUFFERS, true)}

\`free()\` of a borrowed buffer is deferred: the memory is released when the last borrow ends. JavaScript cannot free a buffer that Rust has
taken. The \`Drop\` of the buffer's owner and Rust's release listeners run right after the call with the last borrow, when its result is made.
What they throw cannot reach any caller and is reported (\`reportError\`, or \`console.error\`). docs/FOREIGN-CODE.md says more about this.
Sub-buffers are borrowed by their ranges: two sub-buffers that do not overlap are independent.

## Instances of classes

${table(pkg, INSTANCES, true)}

The same is true of \`&self\`, \`&mut self\` and \`self\` of a method. A refusal names the function that holds the instance. A method can return
a buffer over the instance's own memory. Such a buffer borrows the instance for as long as the buffer lives: shared for \`&[T]\`, exclusive for
\`&mut [T]\`.

## Values of JavaScript

${table(pkg, OBJECTS, false)}

JavaScript values are not borrowed exclusively, so no call is refused.

## Closures of Rust

- An \`export_closure\` closure may be called while it runs.
- A call of an \`export_closure_mut\` closure while it runs throws \`ERR_LEND_BORROWED\`.
- A second call of an \`export_closure_once\` closure throws \`ERR_LEND_RELEASED\`.
`;
  assert.deepEqual(
    (({ handles, objects, borrows, instances }) => ({ handles, objects, borrows, instances }))(pkg.lend.stats()),
    { handles, objects, borrows, instances },
  );
  if (process.env.WASM_LEND_BLESS) await writeFile(FILE, text);
  assert.equal(await readFile(FILE, 'utf8'), text);
});
