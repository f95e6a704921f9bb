// Plugin files that are truncated, damaged or malicious. Each one is refused with ERR_LEND_PLUGIN, or it still is a working plugin. Nothing
// is left behind.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { growing, pluginBytes } from './packages.mjs';
import { patched, start } from './plugins.mjs';
import { randomFrom } from './random.mjs';

/** Flips in a file with nothing but the custom sections, which compiles at once. `WASM_LEND_FLIPS` changes their number. */
const FLIPS = Number(process.env.WASM_LEND_FLIPS ?? 20_000);
/** Flips in the custom sections of a whole file. */
const WHOLE = Math.min(FLIPS, 1500);

const seed = Number(process.env.WASM_LEND_SEED ?? Date.now() & 0x7fffffff);

/** The ranges of the custom sections. @param {Uint8Array} bytes @returns {Array<[number, number]>} */
function customSections(bytes) {
  /** @type {Array<[number, number]>} */
  const found = [];
  for (let at = 8; at < bytes.length; ) {
    const from = at;
    const id = bytes[at++];
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += length;
    if (id === 0) found.push([from, at]);
  }
  return found;
}

/** @param {any} lend */
const counts = (lend) => {
  const { buffers, bytes, closures, instances, modules } = lend.stats();
  return { buffers, bytes, closures, instances, modules: modules.length };
};

/**
 * Loads a file, and unloads it if it can be loaded.
 * @param {any} lend @param {Uint8Array} bytes @param {string} what
 */
async function tried(lend, bytes, what) {
  let plugin;
  try {
    plugin = await lend.loadPlugin(bytes, { name: 'tried' });
  } catch (error) {
    assert.equal(error.code, 'ERR_LEND_PLUGIN', `${what}: ${error.stack}`);
    return false;
  }
  plugin.unload();
  return true;
}

it('refuses a file that is truncated at any place', async (test) => {
  const { lend } = await start(test);
  const hello = await pluginBytes('hello');
  const before = counts(lend);
  for (let length = 0; length < hello.length; length += 1) {
    const isLoaded = await tried(lend, hello.subarray(0, length), `the first ${length} bytes`);
    // Without the last sections, which nothing needs, the file still is a plugin.
    assert.ok(!isLoaded || length > hello.length * 0.9, `the first ${length} of ${hello.length} bytes`);
  }
  assert.deepEqual(counts(lend), before);
});

it(`refuses damaged sections, unless the file still is a plugin (seed ${seed})`, { timeout: 300_000 }, async (test) => {
  const { lend } = await start(test);
  const hello = await pluginBytes('hello');
  const sections = customSections(hello);
  const alone = Uint8Array.from([...hello.subarray(0, 8), ...sections.flatMap(([from, to]) => [...hello.subarray(from, to)])]);
  const random = randomFrom(seed);
  const before = counts(lend);
  const memory = lend.stats().memoryBytes;
  const flip = (/** @type {Uint8Array} */ bytes, /** @type {number} */ at) => {
    const copy = Uint8Array.from(bytes);
    copy[at] ^= 1 << random() % 8;
    // Sometimes it writes a large number, which may be a length.
    if (random() % 4 === 0) copy.fill(0xff, at, at + 1 + (random() % 4));
    return copy;
  };
  for (let i = 0; i < FLIPS; i++) {
    const at = 8 + (random() % (alone.length - 8));
    assert.equal(await tried(lend, flip(alone, at), `section byte ${at}`), false, 'it has no functions');
  }
  let loaded = 0;
  for (let i = 0; i < WHOLE; i++) {
    const [from, to] = sections[random() % sections.length];
    const at = from + (random() % (to - from));
    loaded += Number(await tried(lend, flip(hello, at), `byte ${at}`));
  }
  test.diagnostic(`${FLIPS} flips in the sections alone; ${loaded} of ${WHOLE} flips in a whole file made no difference to the loader`);
  assert.deepEqual(counts(lend), before);
  if (!growing) assert.ok(lend.stats().memoryBytes - memory < 2 ** 20, 'no file got the memory that it asked for');
  assert.equal(await tried(lend, hello, 'the file itself'), true);
});

it('allocates no memory and no table entries for a file that lies about its needs', async (test) => {
  const { lend } = await start(test);
  const memory = lend.stats().memoryBytes;
  const hello = await pluginBytes('hello');
  /** A dylink.0 section with one subsection. Each number takes five bytes. @param {number[]} numbers */
  const asking = (...numbers) => {
    const leb = (/** @type {number} */ number) => [...[0, 7, 14, 21].map((shift) => ((number >>> shift) & 0x7f) | 0x80), (number >>> 28) & 0x0f];
    const body = numbers.flatMap(leb);
    const content = [8, ...Buffer.from('dylink.0'), 1, body.length, ...body];
    const [from, to] = customSections(hello)[0];
    return Uint8Array.from([...hello.subarray(0, from), 0, content.length, ...content, ...hello.subarray(to)]);
  };
  for (const [numbers, message] of /** @type {Array<[number[], RegExp]>} */ ([
    [[0xfffffff0, 4, 1, 0], /it needs 4294967280 bytes of memory, but a plugin gets at most 268435456/],
    [[16, 31, 1, 0], /it needs memory aligned to 2147483648 bytes, but a plugin gets at most 4096/],
    [[16, 4, 0xffffffff, 0], /it needs 4294967295 places in the function table, but a plugin gets at most 65536/],
  ])) {
    await assert.rejects(lend.loadPlugin(asking(...numbers)), { code: 'ERR_LEND_PLUGIN', message });
  }
  if (!growing) assert.equal(lend.stats().memoryBytes, memory);
});

it('refuses shims that are not JavaScript, throw, or lack functions that they announce', async (test) => {
  const { lend } = await start(test);
  const hello = await pluginBytes('hello');
  const before = counts(lend);
  const rejects = (/** @type {Uint8Array} */ bytes, /** @type {RegExp} */ message) => assert.rejects(lend.loadPlugin(bytes), { code: 'ERR_LEND_PLUGIN', message });
  await rejects(patched(hello, "'use strict';", "'use strict'("), /its shims are no JavaScript, so it is damaged/);
  await rejects(patched(hello, "'use strict';", 'throw new X()'), /it cannot be started: X is not defined/);
  await rejects(patched(hello, 'return { bind$$', 'return {;bind$$'), /its shims are no JavaScript/);
  await rejects(patched(hello, 'return { bind$$', 'return { bynd$$'), /its shims are no JavaScript|it cannot be started/);
  await rejects(patched(hello, '$failed $register', '$fooled $register'), /it wants `\$fooled` of the runtime, which this package does not know/);
  await rejects(patched(hello, 'lend_plugin_start', 'lend_plugin_stark'), /it does not export `lend_plugin_start`, so it is damaged/);
  assert.deepEqual(counts(lend), before);
});
