// Fifty plugins are loaded, called in random order while memory grows, and unloaded in random order, many times over: nothing leaks, nothing
// moves, and no value changes.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { collectGarbage, growing, loadCopy, pluginBytes } from './packages.mjs';
import { randomFrom } from './random.mjs';

const PLUGINS = 50;
const { process } = globalThis;
/** Fewer rounds in browsers, which do not show the size of their heaps. */
const ROUNDS = process === undefined ? 50 : Number(process.env.WASM_LEND_ROUNDS ?? 300);
const CALLS = 200;

/** @param {number} seed @returns {(below: number) => number} Numbers below `below`, the same for the same seed. */
function random(seed) {
  const next = randomFrom(seed);
  return (below) => (next() / 2 ** 32) * below | 0;
}

/** @template T @param {T[]} list @param {(below: number) => number} below */
function shuffled(list, below) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

/** One plugin and its expected state. */
class Model {
  count = 0;
  /** @type {Array<{ buffer: any, value: number, length: number }>} */
  made = [];

  constructor(plugin) {
    this.plugin = plugin;
    this.address = plugin.constant_address();
  }

  /** @param {(below: number) => number} below @param {any} lend @param {Model[]} all */
  step(below, lend, all) {
    const { plugin } = this;
    switch (below(7)) {
      case 0:
        assert.equal(plugin.count(), ++this.count);
        break;
      case 1: {
        // So few elements that an f32 holds the sum exactly.
        const [value, length] = [1 + below(100), 1 + below(1000)];
        this.made.push({ buffer: plugin.make(length, value), value, length });
        break;
      }
      case 2: {
        // A buffer of any plugin.
        const of = all[below(all.length)];
        const one = of.made[below(of.made.length)];
        if (one === undefined) break;
        plugin.scale(one.buffer, 2);
        one.value *= 2;
        break;
      }
      case 3: {
        const [one] = this.made.splice(below(this.made.length + 1), 1);
        if (one === undefined) break;
        assert.equal(plugin.sum(one.buffer), one.value * one.length);
        one.buffer.free();
        break;
      }
      case 4:
        assert.equal(plugin.constant(), "a constant of the probe's");
        assert.equal(plugin.constant_address(), this.address);
        break;
      case 5: {
        const kept = lend.createReadOnlyBuffer(Uint8Array.of(this.count, 7));
        plugin.keep(kept);
        kept.free();
        const back = plugin.kept();
        assert.deepEqual([...back.view], [this.count & 0xff, 7]);
        back.free();
        break;
      }
      default:
        plugin.grow(below(20)).free();
    }
  }

  check() {
    for (const { buffer, value, length } of this.made) {
      const { view } = buffer;
      assert.equal(view.length, length);
      assert.ok(view.every((element) => element === value));
    }
  }
}

it(`${PLUGINS} plugins, ${ROUNDS} rounds`, { timeout: 600_000, skip: growing }, async (test) => {
  const { lend } = await loadCopy(test, 'web', 'plugin-tests-host');
  const below = random(7);
  const module = await WebAssembly.compile(await pluginBytes('probe'));
  const heaps = [];
  let memoryBytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const names = shuffled(Array.from({ length: PLUGINS }, (_, i) => `p${i}`), below);
    const models = [];
    for (const name of names) models.push(new Model(await lend.loadPlugin(module, { name })));
    for (let call = 0; call < CALLS; call++) models[below(PLUGINS)].step(below, lend, models);
    assert.equal(lend.stats().modules.length, PLUGINS + 1);
    for (const model of shuffled(models, below)) {
      model.check();
      for (const { buffer } of model.made) buffer.free();
      model.plugin.unload();
    }
    const { buffers, bytes, handles, closures, objects, modules } = lend.stats();
    assert.deepEqual([buffers, bytes, handles, closures, objects, modules.length], [0, 0, 0, 0, 0, 1], `round ${round}`);
    if (round === 9) ({ memoryBytes } = lend.stats());
    if (round % Math.ceil(ROUNDS / 10) === 0) {
      await collectGarbage(() => true);
      globalThis.gc?.();
      heaps.push(process?.memoryUsage().heapUsed ?? 0);
    }
  }
  test.diagnostic(`wasm memory ${memoryBytes / 2 ** 20} MiB; heap ${heaps.map((bytes) => (bytes / 1e6).toFixed(1)).join(', ')} MB`);
  // A tenth more than after ten rounds is more than the data of one plugin.
  if (ROUNDS > 10) assert.ok(lend.stats().memoryBytes <= memoryBytes * 1.5, `${memoryBytes} became ${lend.stats().memoryBytes}`);
  if (ROUNDS >= 100) assert.ok(heaps.at(-1) < heaps[1] * 1.5 + 10e6, heaps.join(' '));
});
