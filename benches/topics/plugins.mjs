// The cost of calls of plugins: the same function in a package, in a plugin, and called by another plugin.

import { call } from './call.mjs';

/** @param {import('./call.mjs').Packages} packages */
async function calls({ host, bytes }) {
  const probe = await host.lend.loadPlugin(await bytes('probe'));
  const caller = await host.lend.loadPlugin(await bytes('caller'));
  const buffer = host.lend.createReadOnlyBuffer(new Uint8Array(16));
  const often = (f) => (buffer) => {
    let all = 0;
    for (let i = 0; i < 1000; i++) all ^= f(buffer);
    return all;
  };
  return [
    call('function of the host, a buffer', host.address_and_length, buffer),
    call('function of a plugin, a buffer', probe.address_and_length, buffer),
    call('function of a plugin that calls another, a buffer', caller.address_through, buffer),
    call('function of the host, a buffer, 1000 times', often(host.address_and_length), buffer),
    call('from plugin to plugin, a buffer, 1000 times', (buffer) => caller.address_often(buffer, 1000), buffer),
  ];
}

/** @type {import('./call.mjs').Topic} */
export const plugins = {
  name: 'plugins',
  title: 'Plugins',
  calls,
  ratios: [
    { of: 'function of a plugin, a buffer', over: 'function of the host, a buffer', limit: 2 },
    // This makes two calls.
    { of: 'function of a plugin that calls another, a buffer', over: 'function of the host, a buffer' },
    { of: 'from plugin to plugin, a buffer, 1000 times', over: 'function of the host, a buffer, 1000 times', limit: 2 },
  ],
};
