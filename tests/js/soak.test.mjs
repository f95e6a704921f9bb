// Passes millions of values through every path: no memory grows.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { fewHandles, load } from './packages.mjs';

/** The number of values over all paths. `WASM_LEND_SOAK` changes it. */
const OBJECTS = Number(process.env.WASM_LEND_SOAK ?? 10_000_000);

/** The paths by name: what each does with one value. @param {any} pkg @returns {Record<string, (value: object, i: number) => unknown>} */
const paths = (pkg) => ({
  borrowed: (value) => pkg.object_type(value),
  'owned and dropped': (value) => pkg.object_drop(value),
  'owned and returned': (value) => pkg.object_echo(value),
  'stored and dropped': (value) => pkg.object_replace(value),
  'stored in numbers, released together': (value, i) => {
    pkg.object_keep(value);
    if (i % 100 === 99) pkg.objects_let_go();
  },
  'made by Rust': (_, i) => pkg.object_get({ i }, 'i'),
  'given to a callback': (value) => pkg.call_object((a) => a, value),
  'kept by an instance': (value, i) => {
    const series = pkg.Series.zeros(1);
    series.hide(value);
    if (i % 2 === 0) series.free();
  },
});

it(`the heap and the object table do not grow over ${OBJECTS} values`, { timeout: 600_000 }, async (test) => {
  const pkg = await load('web');
  const { lend } = pkg;
  const all = Object.entries(paths(pkg)).filter(([name]) => !(fewHandles && name === 'kept by an instance'));
  const settled = async () => {
    pkg.objects_let_go();
    for (let i = 0; i < 3; i++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const { objects, instances, closures, memoryBytes } = lend.stats();
    return { heap: process.memoryUsage().heapUsed, objects, instances, closures, memoryBytes, places: lend.objectTable().slab.length };
  };
  const rounds = 4;
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    for (const [, path] of all) {
      const count = Math.ceil(OBJECTS / all.length / rounds);
      for (let i = 0; i < count; i++) {
        path({ i, payload: [i] }, i);
        if (i % 10_000 === 9_999) await null;
      }
    }
    measured.push(await settled());
  }
  test.diagnostic(JSON.stringify(measured.map(({ heap, places }) => ({ MB: Math.round(heap / 1e5) / 10, places }))));
  const [, second, ...later] = measured;
  for (const { heap, objects, instances, closures, places, memoryBytes } of later) {
    assert.deepEqual({ objects, instances, closures }, { objects: second.objects, instances: second.instances, closures: second.closures });
    assert.ok(places <= second.places * 2, `${places} places, ${second.places} before`);
    assert.ok(memoryBytes <= second.memoryBytes * 2, `${memoryBytes} bytes of memory, ${second.memoryBytes} before`);
    assert.ok(heap < second.heap + 8e6, `${heap} bytes of heap, ${second.heap} before`);
  }
});
