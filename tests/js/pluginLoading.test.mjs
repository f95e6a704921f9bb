// What the loader of plugins refuses and its messages; the sources of shims.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { pluginBytes, pluginShims } from './packages.mjs';
import { error, patched, start, started } from './plugins.mjs';

describe('the loader of plugins', () => {
  it('refuses what is not a plugin and says what it is', async (test) => {
    const { lend } = await start(test);
    const probe = await pluginBytes('probe');
    const rejects = (source, message, options) => assert.rejects(lend.loadPlugin(source, options), (thrown) => {
      assert.match(thrown.message, message);
      return thrown.code === 'ERR_LEND_PLUGIN' || thrown.code === 'ERR_LEND_TYPE';
    });
    await rejects(5, /takes bytes, a URL, a Response or a WebAssembly\.Module; got 5/);
    await rejects(Uint8Array.of(1, 2, 3), /this is no wasm/);
    const how = 'build it as docs/PLUGINS.md of wasm-lend shows, with `--cfg wasm_lend_plugin` and `-C link-arg=--shared`';
    const isWhole = (message) => new RegExp(`^lend\\.loadPlugin\\(\\): ${message}; ${how.replaceAll('.', '\\.')}$`);
    await rejects(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), isWhole('this wasm is no plugin'));
    await rejects(await pluginBytes('naive'), isWhole('this wasm is no plugin'));
    await rejects(
      patched(probe, 'dylink.0', 'dylinx.0'),
      isWhole('this wasm is not position-independent: it would overwrite the memory of the host'),
    );
    await rejects(patched(probe, '\x09wasm-lend', '\x09wasm-bend'), /was not built with wasm-lend, or its custom sections were stripped/);
    await rejects(probe, /takes options as an object; got 7/, 7);
    await rejects(probe, /a module of this name is the package itself/, { name: 'host' });
    assert.deepEqual(lend.stats().modules.length, 1);
  });

  it('refuses a plugin of another version', async (test) => {
    const { lend } = await start(test);
    const probe = await pluginBytes('probe');
    await assert.rejects(
      lend.loadPlugin(patched(probe, 'runtime\x05\0\0\x000.1.0', 'runtime\x05\0\0\x000.9.9')),
      error('ERR_LEND_PLUGIN', /probe was built with wasm-lend 0\.9\.9 with(out)? checks, and this package with wasm-lend 0\.1\.0 with(out)? checks: both need/),
    );
  });

  it('refuses a plugin with another layout of the host statics', async (test) => {
    const { lend } = await start(test);
    const probe = await pluginBytes('probe');
    // Another factor in the fingerprint, 0x01000193 as wasm encodes it, stands for another layout.
    await assert.rejects(
      lend.loadPlugin(patched(probe, '\x41\x93\x83\x80\x08', '\x41\x95\x83\x80\x08')),
      error(
        'ERR_LEND_PLUGIN',
        /probe and this package lay out the host statics differently: build both with the same version of rustc and of wasm-lend \(0\.1\.0\)$/,
      ),
    );
    assert.deepEqual(lend.stats().modules.map(({ name, bytes }) => [name, bytes]), [['host', 0]]);
  });

  it('refuses a second plugin of the same name, also while the first is loading', async (test) => {
    const { lend, probe } = await started(test);
    const bytes = await pluginBytes('probe');
    await assert.rejects(lend.loadPlugin(bytes), error('ERR_LEND_PLUGIN', /a module of this name is there already; give this one another: \{ name: 'probe2' \}/));
    const both = await Promise.allSettled([1, 2].map(() => lend.loadPlugin(bytes, { name: 'second' })));
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const second = both.find(({ status }) => status === 'fulfilled')?.value;
    assert.deepEqual([probe.count(), probe.count(), second.count()], [1, 2, 1], 'each has its own statics');
    assert.notEqual(probe.constant_address(), second.constant_address());
    second.unload();
  });

  it('refuses imports that do not exist or have another signature', async (test) => {
    const { lend } = await start(test);
    const caller = await pluginBytes('caller');
    await assert.rejects(lend.loadPlugin(caller), error('ERR_LEND_PLUGIN', /it imports `\w+` from the plugin `probe`, which is not loaded: load that one first/));
    const probe = await lend.loadPlugin(await pluginBytes('probe'));
    await assert.rejects(
      lend.loadPlugin(patched(caller, 'fn(&mut [f32], f32)', 'fn(&mut [f64], f64)')),
      error('ERR_LEND_PLUGIN', /it imports `scale` from `probe` as `fn\(&mut \[f64\], f64\)`, and there it is `fn\(&mut \[f32\], f32\)`/),
    );
    await assert.rejects(lend.loadPlugin(patched(caller, 'greet', 'treat')), error('ERR_LEND_PLUGIN', /`probe` exports no `treat`, which it imports; it exports greet, length, /));
    await assert.rejects(
      lend.loadPlugin(patched(caller, 'greet', 'lists')),
      error('ERR_LEND_PLUGIN', /it imports `lists` from `probe`, whose signature only JavaScript can call: fn\(count: u32\)/),
    );
    // The refused plugins leave nothing behind.
    assert.deepEqual(lend.stats().modules.map(({ name }) => name), ['host', 'probe']);
    probe.unload();
  });

  it('refuses an export with a name that the loader uses', async (test) => {
    const { lend } = await start(test);
    const probe = patched(patched(await pluginBytes('probe'), 'flip next', 'flip then'), 'next: next$', 'then: next$');
    await assert.rejects(lend.loadPlugin(probe), error('ERR_LEND_PLUGIN', /it exports `then`, which is the loader's own: give the function another name/));
  });

  it('never links a plugin to one that is unloaded in the meantime', async (test) => {
    const { lend } = await start(test);
    const [probeModule, module] = [await WebAssembly.compile(await pluginBytes('probe')), await WebAssembly.compile(await pluginBytes('caller'))];
    const seen = new Set();
    // Each order is possible, but a plugin never imports from an unloaded one.
    for (let ticks = 0; ticks < 12; ticks++) {
      const probe = await lend.loadPlugin(probeModule);
      const loading = Promise.allSettled([lend.loadPlugin(module)]);
      for (let i = 0; i < ticks; i++) await null;
      let refusal = '';
      try {
        probe.unload();
      } catch (error) {
        refusal = error.message;
      }
      const [{ status, value }] = await loading;
      assert.equal(status, refusal === '' ? 'rejected' : 'fulfilled');
      seen.add(status);
      if (refusal === '') continue;
      assert.match(refusal, /still in use: the plugin caller, which imports its functions/);
      assert.equal(value.numbers(7), '8 -21 Some(1.5) None');
      value.unload();
      probe.unload();
    }
    assert.equal(seen.size, 2, 'it was tried in both orders');
  });

  it('refuses imports in a circle', async (test) => {
    const { lend } = await start(test);
    const caller = await pluginBytes('caller');
    // Two copies of one plugin that import from each other.
    const one = patched(patched(caller, 'caller', 'plug_1'), 'probe', 'plug2');
    const two = patched(patched(caller, 'caller', 'plug_2'), 'probe', 'plug1');
    await assert.rejects(lend.loadPlugin(one, { name: 'plug1' }), /from the plugin `plug2`, which is not loaded/);
    await assert.rejects(
      lend.loadPlugin(two, { name: 'plug2' }),
      error('ERR_LEND_PLUGIN', /plug2 imports from plug1 imports from plug2: plugins cannot import from each other in a circle/),
    );
    await assert.rejects(lend.loadPlugin(patched(caller, 'probe', 'calle'), { name: 'calle' }), /calle imports from calle: plugins cannot/);
  });
});

describe('shims', () => {
  it('can be imported from the file beside the plugin', async (test) => {
    const { lend } = await start(test);
    const shims = await pluginShims('probe');
    const ownFunction = globalThis.Function;
    // As on a page whose Content-Security-Policy has no `unsafe-eval`.
    globalThis.Function = /** @type {any} */ (function () {
      throw new EvalError('refused');
    });
    try {
      await assert.rejects(
        lend.loadPlugin(await pluginBytes('probe')),
        error('ERR_LEND_PLUGIN', /Content-Security-Policy has no 'unsafe-eval', which the plugin's shims need: import them from the file beside it/),
      );
      await assert.rejects(lend.loadPlugin(await pluginBytes('probe'), { shims: { shims: [] } }), error('ERR_LEND_PLUGIN', /not the module that was made of this plugin/));
      const probe = await lend.loadPlugin(await pluginBytes('probe'), { shims });
      assert.equal(probe.add(1, 2), 3);
      const counter = new probe.Counter(1);
      assert.equal(counter.add(1), 2);
      counter.free();
      probe.unload();
    } finally {
      globalThis.Function = ownFunction;
    }
  });
});
