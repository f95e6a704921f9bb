// JavaScript values, callbacks, and classes.

import { as, both, call, pairs } from './call.mjs';

/** @type {import('./call.mjs').Topic} */
export const values = {
  name: 'values',
  title: 'JavaScript values and callbacks',
  calls({ pkg }) {
    const pair = pairs(pkg);
    const object = { x: 1 };
    return [
      ...pair('borrowed', 'object borrowed', as, object),
      ...pair('borrowed_used', 'object borrowed, its type asked', (f) => (value) => Number(f(value)), object),
      ...pair('owned', 'object owned, dropped', as, object),
      ...pair('stored', 'object owned, stored', (f) => (value) => { f(value); return 1; }, object),
      ...pair('callback', 'callback of a number, 1000 times', as, (x) => x + 1),
      ...pair('callback_object', 'callback of an object, 1000 times', as, (value) => value === object, object),
      ...pair('instances_out', 'callback of an instance that it frees, 1000 times', as, (counter) => {
        const count = counter.plus(1);
        counter.free();
        return count;
      }),
      ...pair('instances_out', 'callback of an instance, left to collection', as, (counter) => counter.plus(1))
        .map((call) => ({ ...call, per: 1000, turns: 1 })),
    ];
  },
  ratios: [
    both('object borrowed', 1 / 1.8),
    both('object borrowed, its type asked', 1),
    both('object owned, dropped', { 'node': 1 / 1.3, chromium: 1, firefox: 1, bun: 1 }),
    both('object owned, stored', 1),
    both('callback of a number, 1000 times', 1),
    both('callback of an object, 1000 times', 1),
    both('callback of an instance that it frees, 1000 times', 1.1),
    both('callback of an instance, left to collection', 1),
  ],
};

/** Where a method of numbers may cost more. */
const METHOD = { node: 1, chromium: 1.3, firefox: 1, bun: 1 };

/** @type {import('./call.mjs').Topic} */
export const classes = {
  name: 'classes',
  title: 'Classes and their instances',
  calls: ({ pkg }) => ['wasm-bindgen', 'wasm-lend'].flatMap((peer) => {
    const Counter = peer === 'wasm-bindgen' ? pkg.BindgenCounter : pkg.LendCounter;
    const prefix = peer === 'wasm-bindgen' ? 'bindgen' : 'lend';
    const counter = new Counter();
    const taken = pkg[`${prefix}_taken`];
    return [
      call(`${peer} method, &self`, (counter, more) => counter.plus(more), counter, 1),
      call(`${peer} getter`, (counter) => counter.count + 1, counter),
      call(`${peer} method, &mut self`, (counter, more) => counter.add(more), counter, 1),
      call(`${peer} instance made and freed`, (Counter) => { new Counter().free(); return 1; }, Counter),
      { ...call(`${peer} instance made, left to collection`, (Counter) => new Counter().plus(1), Counter), turns: 1000 },
      call(`${peer} instance passed, &T`, pkg[`${prefix}_seen`], counter),
      call(`${peer} instance passed, &mut T`, pkg[`${prefix}_counted`], counter),
      call(`${peer} two instances passed, &T`, pkg[`${prefix}_two_seen`], counter, new Counter()),
      call(`${peer} two instances passed, &T and &mut T`, pkg[`${prefix}_seen_and_counted`], new Counter(), new Counter()),
      call(`${peer} instance made and passed, T`, (Counter) => taken(new Counter()), Counter),
    ];
  }),
  ratios: [
    both('method, &self', METHOD),
    both('method, &mut self', METHOD),
    both('getter', METHOD),
    both('instance made and freed', 1),
    both('instance made, left to collection', 1),
    ...['instance passed, &T', 'instance passed, &mut T', 'two instances passed, &T', 'two instances passed, &T and &mut T', 'instance made and passed, T']
      .map((what) => both(what, 1.1)),
  ],
};
