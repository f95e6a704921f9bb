// Prints the object table after each step: the JavaScript values that Rust holds by index. `cargo xtask demo` builds and runs this example.

import { createRequire } from 'node:module';
import { inspect } from 'node:util';

const packages = process.env.WASM_LEND_PACKAGES ?? new URL('../../target/packages', import.meta.url).pathname;
const { borrow, keep, keep_a_clone, lend, let_go, own } = createRequire(import.meta.url)(`${packages}/js-objects/nodejs/js_objects.js`);

/** @param {unknown} value */
const short = (value) => inspect(value, { breakLength: Infinity });

/** Prints the table without the places that were never used. @param {string} step */
function show(step) {
  const { stack, slab } = lend.objectTable();
  const used = slab.findLastIndex((place, index) => 'value' in place || place.next !== index + 1) + 1;
  const places = slab.slice(0, used).map((place, index) => `${index}: ${'value' in place ? short(place.value) : `free, next ${place.next}`}`);
  console.log(`\n${step}`);
  console.log(`  stack  ${stack.length === 0 ? '(empty)' : stack.map((value, index) => `${~index}: ${short(value)}`).join('   ')}`);
  console.log(`  slab   ${places.join('   ')}`);
}

show('At the start: four constants have fixed places');

console.log('\n— Borrowed: the stack —');
borrow({ name: 'a' }, () => {
  show('borrow(a): on the stack while the call runs, the callback above it');
  borrow({ name: 'b' }, () => show('  and borrow(b) within: pushed on top'));
  show('  borrow(b) has returned: popped');
  try {
    borrow({ name: 'c' }, () => { throw new Error('from within'); });
  } catch (error) {
    show(`  a call that threw (${error.message}): popped too`);
  }
});
show('borrow(a) has returned: nothing is left');

console.log('\n— Owned: the slab —');
own({ name: 'd' }, () => show('own(d): in the slab while Rust has it'));
show('own(d) has returned, and Rust has dropped it: the place is free');
const e = { name: 'e' };
lend.watch(e, () => console.log('\n  (lend.watch: Rust has released e)'));
keep(e);
show('keep(e): the first free place is used again');
keep({ name: 'f' });
keep_a_clone();
show('keep(f), and a clone of it: one place with a count of two');
keep(null);
show('keep(null): a constant takes no place');
let_go();
await null;
show('Rust drops e: its place is the first free one');
let_go();
show('Rust drops one of the two of f: nothing changes');
let_go();
show('and the other one: all places are free');
let_go();
console.log(`\nlend.stats().objects: ${lend.stats().objects}`);
