// Edits a text of one megabyte ten thousand times, in a Rust buffer and in a JavaScript string. `cargo xtask demo` builds and runs this
// example.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const packages = process.env.WASM_LEND_PACKAGES ?? new URL('../../target/packages', import.meta.url).pathname;
const { lend, TextBuffer } = createRequire(import.meta.url)(`${packages}/editor-buffer/nodejs/editor_buffer.js`);

const EDITS = 10_000;
const WORDS = ['lorem', 'ipsum', 'dolor', 'sit', 'amet', '🦀', 'naïve', '漢字', '\n', '\n\n'];
let seed = 7;
/** @param {number} below */
const random = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % below;
};
const original = Array.from({ length: 20_000 }, (_, i) => `${i}: the quick brown fox jumps over the lazy dog`).join('\n');

console.log('A session');
{
  using_(new TextBuffer('Hello world'), (text) => {
    text.onEdit((from, to, inserted) => console.log(`  edit ${from}–${to} → ${JSON.stringify(inserted)}`));
    text.insert(5, ', brave new');
    text.replace(0, 5, 'Goodbye');
    console.log(`  ${JSON.stringify(text.text())}, ${text.pieces} pieces`);
    text.undo();
    console.log(`  after undo(): ${JSON.stringify(text.text())}`);
    text.redo();
    console.log(`  after redo(): ${JSON.stringify(text.text())}`);
    const typed = text.typed();
    console.log(`  ever typed: ${JSON.stringify(String.fromCharCode(...typed.view))}, over Rust's own memory`);
    try {
      text.insert(0, '!');
    } catch (error) {
      console.log(`  ${error.code}: ${error.message}`);
    }
    typed.free();
    try {
      text.eachLine(() => text.undo());
    } catch (error) {
      console.log(`  ${error.code}: ${error.message}`);
    }
    try {
      text.replace(3, 99, '');
    } catch (error) {
      console.log(`  ${error.name}: ${error.message}`);
    }
  });
}

/** @param {any} value @param {(value: any) => void} f */
function using_(value, f) {
  try {
    f(value);
  } finally {
    value.free();
  }
}

console.log(`\n${EDITS} edits of a text of ${original.length} units`);
const edits = Array.from({ length: EDITS }, () => ({ at: random(original.length), remove: random(12), text: WORDS[random(WORDS.length)] }));

let start = performance.now();
const buffer = new TextBuffer(original);
for (const { at, remove, text } of edits) {
  const from = Math.min(at, buffer.length);
  buffer.replace(from, Math.min(from + remove, buffer.length), text);
}
const inRust = performance.now() - start;

start = performance.now();
let string = original;
let checksum = 0;
for (const { at, remove, text } of edits) {
  const from = Math.min(at, string.length);
  string = string.slice(0, from) + text + string.slice(Math.min(from + remove, string.length));
  // An editor reads the text that it shows. Without a read the engine does not build the new string at all.
  checksum += string.charCodeAt(from);
}
const inJavaScript = performance.now() - start;
assert.ok(checksum > 0);

// An edit may cut a surrogate pair in half. UTF-8 cannot encode the halves.
const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
assert.equal(buffer.text(), string.replace(half, '\ufffd'));
console.log(`  the same text, ${buffer.length} units in ${buffer.pieces} pieces, ${buffer.lineCount} lines`);
console.log(`  time of the edits / of the same edits of a JavaScript string: ${(inRust / inJavaScript).toFixed(3)}`);
const found = [...buffer.find('fox')].length;
assert.equal(found, string.split('fox').length - 1);
let lines = 0;
buffer.eachLine(() => { lines += 1; });
assert.equal(lines, buffer.lineCount);
console.log(`  'fox' ${found} times in ${lines} lines`);

let undone = 0;
while (buffer.undo()) undone += 1;
assert.equal(buffer.text(), original);
console.log(`  ${undone} times undo(): the original text`);
while (buffer.redo()) undone -= 1;
assert.equal(undone, 0);
assert.equal(buffer.text().length, string.length);
buffer.free();
const { handles, instances, objects, closures } = lend.stats();
console.log(`\nAlive at the end: ${JSON.stringify({ handles, instances, objects, closures })}`);
