// Functions that all suites of plugins use.

import assert from 'node:assert/strict';

import { loadCopy, pluginBytes } from './packages.mjs';

const NAME = 'plugin-tests-host';

/** @param {import('node:test').TestContext} test */
export async function start(test) {
  const host = await loadCopy(test, 'web', NAME);
  return { host, lend: host.lend };
}

/** Starts the host and loads both plugins. @param {import('node:test').TestContext} test */
export async function started(test) {
  const { host, lend } = await start(test);
  const probe = await lend.loadPlugin(await pluginBytes('probe'));
  const caller = await lend.loadPlugin(await pluginBytes('caller'));
  return { host, lend, probe, caller };
}

/** @param {string} code @param {RegExp} message */
export const error = (code, message) => (/** @type {any} */ thrown) => {
  assert.equal(thrown.code, code, String(thrown));
  assert.match(thrown.message, message);
  return true;
};

/** The wasm exports of a started package. @param {any} host */
export const instanceOf = (host) => host.default();

/** Replaces a text in the bytes with another text of the same length. @param {Uint8Array} bytes @param {string} text @param {string} by */
export function patched(bytes, text, by) {
  assert.equal(text.length, by.length);
  const copy = Uint8Array.from(bytes);
  const [from, to] = [text, by].map((part) => Uint8Array.from(part, (character) => character.charCodeAt(0)));
  let found = 0;
  for (let at = 0; at + from.length <= copy.length; at++) {
    if (from.every((byte, i) => copy[at + i] === byte)) {
      copy.set(to, at);
      found += 1;
    }
  }
  assert.ok(found > 0, `${text} is in the bytes`);
  return copy;
}
