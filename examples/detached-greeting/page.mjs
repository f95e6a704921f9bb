// The greeting in a browser. `cargo xtask demo` builds the package. Any web server for the checkout can serve the page.

import init, { greet, lend } from '../../target/packages/detached-greeting/web/detached_greeting.js';

import { rawGreeting } from './raw.mjs';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
await init();
const bytes = await (await fetch('../../target/packages/detached-greeting/web/detached_greeting_bg.wasm')).arrayBuffer();
const module = await WebAssembly.compile(bytes);

/** @param {string} salutation @param {string} name */
function bufferGreeting(salutation, name) {
  return lend.scope(() => {
    const message = lend.alloc(Uint8Array, 128);
    const before = message.view;
    const [one, other] = [salutation, name].map((text) => lend.createReadOnlyBuffer(encoder.encode(text)));
    const length = greet(one, other, message);
    return { text: decoder.decode(message.view.subarray(0, length)), hasGrown: before.length === 0 };
  });
}

/** @param {string} id @param {() => string} make */
function show(id, make) {
  const element = /** @type {HTMLElement} */ (document.getElementById(id));
  try {
    element.textContent = make();
    element.className = 'holds';
  } catch (error) {
    element.textContent = String(error);
    element.className = 'fails';
  }
}

function update() {
  const value = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id)).value;
  const [salutation, name] = [value('salutation'), value('name')];
  show('raw', () => rawGreeting(module, 'set_name', salutation, name));
  show('buffers', () => bufferGreeting(salutation, name).text);
  show('still', () => rawGreeting(module, 'set_name_no_growth', salutation, name));
}

document.querySelector('form')?.addEventListener('input', update);
const { hasGrown } = bufferGreeting('a', 'b');
update();
const shown = ['raw', 'buffers', 'still'].map((id) => document.getElementById(id)?.textContent);
/** @type {any} */ (window).result = { hasGrown, shown, handles: lend.stats().handles };
