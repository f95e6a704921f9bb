// @ts-check
// Reads the custom sections of a plugin's wasm, which describe it, and compiles it.

import { newDecoder } from '../codecs.js';
import { describe, LendError } from '../error.js';

/**
 * @typedef {object} Snippet Functions of one expansion, or a class.
 * @property {string} start The export that returns the tags for its shims, or ''.
 * @property {string[]} uses What it uses of the runtime.
 * @property {string[]} names What it adds to the plugin's object.
 * @property {string} shims The body of a function.
 *
 * @typedef {object} Description
 * @property {string} name
 * @property {string} version Of wasm-lend.
 * @property {boolean} hasChecks
 * @property {Snippet[]} snippets
 * @property {Map<string, [string, string]>} offers Functions that other modules may call, by name: the export and its signature.
 * @property {Array<{ module: string, name: string, signature: string }>} imports Functions of other modules that it calls.
 * @property {{ size: number, align: number, slots: number }} needs Memory and places in the table.
 */

/** @param {string} what @param {string} why @param {unknown} [cause] */
export const refused = (what, why, cause) => new LendError('ERR_LEND_PLUGIN', `${what}: ${why}`, cause === undefined ? undefined : { cause });

/** Reads the entries of a section. Each is a list of strings with its length before it. */
class Reader {
  at = 0;

  /** @param {ArrayBuffer} bytes */
  constructor(bytes) {
    this.view = new DataView(bytes);
  }

  get isAtEnd() {
    return this.at >= this.view.byteLength;
  }

  number() {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  text() {
    const length = this.number();
    this.at += length;
    return newDecoder().decode(new Uint8Array(this.view.buffer, this.at - length, length));
  }

  entry() {
    const end = this.number() + this.at;
    const fields = [];
    while (this.at < end) fields.push(this.text());
    if (this.at !== end) throw new RangeError('a text is longer than its entry');
    return fields;
  }

  /** A number of seven bits a byte. */
  leb() {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.view.getUint8(this.at++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('a number has too many bytes');
  }
}

/** The most that a plugin can ask for. The loader allocates it before the plugin runs, so that a damaged file cannot ask for gigabytes. */
const MOST = { size: 2 ** 28, align: 2 ** 12, slots: 2 ** 16 };

/** The kind of the subsection of `dylink.0` with the needs of a module. */
const MEMORY_INFO = 1;

/** @param {WebAssembly.Module} module */
function readNeeds(module) {
  const [section] = WebAssembly.Module.customSections(module, 'dylink.0');
  if (section === undefined) return undefined;
  const reader = new Reader(section);
  while (!reader.isAtEnd) {
    const kind = reader.leb();
    const end = reader.leb() + reader.at;
    if (kind === MEMORY_INFO) {
      const size = reader.leb();
      const align = 2 ** reader.leb();
      return { size, align, slots: reader.leb() };
    }
    reader.at = end;
  }
  // No `MEMORY_INFO`: the module needs no memory and no table places.
  return { size: 0, align: 1, slots: 0 };
}

/** How to build a plugin, for error messages. */
const HOW = 'build it as docs/PLUGINS.md of wasm-lend shows, with `--cfg wasm_lend_plugin` and `-C link-arg=--shared`';

/** @param {string} what @param {WebAssembly.Module} module @returns {Description} */
export function read(what, module) {
  const glue = WebAssembly.Module.imports(module).find(({ module }) => module.startsWith('__wbindgen'));
  if (glue !== undefined) {
    throw refused(what, `this plugin imports \`${glue.name}\` of wasm-bindgen, whose glue a plugin is loaded without: it cannot use wasm-bindgen, js-sys or web-sys`);
  }
  const needs = legible(what, () => readNeeds(module));
  const [section] = WebAssembly.Module.customSections(module, 'wasm-lend');
  if (needs === undefined && section === undefined) throw refused(what, `this wasm is no plugin; ${HOW}`);
  if (needs === undefined) throw refused(what, `this wasm is not position-independent: it would overwrite the memory of the host; ${HOW}`);
  if (section === undefined) throw refused(what, 'this wasm was not built with wasm-lend, or its custom sections were stripped');
  /** @type {Description} */
  const description = { name: '', version: '?', hasChecks: false, snippets: [], offers: new Map(), imports: [], needs };
  legible(what, () => {
    const reader = new Reader(section);
    while (!reader.isAtEnd) add(description, reader.entry());
    if (description.version === '?') throw new RangeError('no entry says what it was built with');
  });
  checkNeeds(what, needs);
  return description;
}

/** @param {string} what @param {Description['needs']} needs */
function checkNeeds(what, { size, align, slots }) {
  if (size > MOST.size) throw refused(what, `it needs ${size} bytes of memory, but a plugin gets at most ${MOST.size}`);
  if (align > MOST.align) throw refused(what, `it needs memory aligned to ${align} bytes, but a plugin gets at most ${MOST.align}`);
  if (slots > MOST.slots) throw refused(what, `it needs ${slots} places in the function table, but a plugin gets at most ${MOST.slots}`);
}

/** @template T @param {string} what @param {() => T} read @returns {T} */
function legible(what, read) {
  try {
    return read();
  } catch (cause) {
    throw refused(what, 'its custom sections cannot be read: it is of another version of wasm-lend, or damaged', cause);
  }
}

/** Key: the kind of an entry. Value: the number of fields after the kind and the crate. @type {Record<string, number>} */
const FIELDS = { runtime: 1, import: 3, functions: 5, class: 5 };

/** A name that shims return, or that other modules call. */
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** @param {Description} description @param {string[]} entry */
function add(description, [kind, name, ...fields]) {
  if (FIELDS[kind] !== fields.length) throw new RangeError(`an entry of the kind \`${kind}\` with ${fields.length} fields`);
  if (kind === 'runtime') {
    [description.version, description.hasChecks] = [name, fields[0] === 'checks'];
    return;
  }
  description.name = name;
  if (kind === 'import') {
    const [module, name, signature] = fields;
    description.imports.push({ module, name, signature });
    return;
  }
  const [start, uses, described, names, shims] = fields;
  const list = (/** @type {string} */ text) => (text === '' ? [] : text.split(' '));
  const bad = list(names).find((name) => !NAME.test(name));
  if (bad !== undefined) throw new RangeError(`\`${bad}\` is no name`);
  description.snippets.push({ start, uses: list(uses), names: list(names), shims });
  for (const line of described === '' ? [] : described.split('\n')) {
    const [path, symbol, signature, ...more] = line.split('\t');
    if (signature === undefined || more.length > 0) throw new RangeError(`\`${line}\` describes no function`);
    description.offers.set(path, [symbol, signature]);
  }
}

/**
 * Compiles a plugin from any source that `lend.loadPlugin` takes.
 * @param {any} source
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === 'string' || source instanceof URL) return compile(await load(source));
  if (typeof Response !== 'undefined' && source instanceof Response) {
    if (!source.ok) throw refused('lend.loadPlugin()', `${source.url} cannot be had: ${source.status} ${source.statusText}`);
    return compile(await bytesOf(source));
  }
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    try {
      return await WebAssembly.compile(/** @type {BufferSource} */ (source));
    } catch (cause) {
      throw refused('lend.loadPlugin()', `this is no wasm: ${/** @type {Error} */ (cause).message}`, cause);
    }
  }
  throw new LendError('ERR_LEND_TYPE', `lend.loadPlugin() takes bytes, a URL, a Response or a WebAssembly.Module; got ${describe(source)}`);
}

/** @param {Response} response */
async function bytesOf(response) {
  try {
    return await response.arrayBuffer();
  } catch (cause) {
    throw refused('lend.loadPlugin()', `the body of the response cannot be read: ${/** @type {Error} */ (cause).message}`, cause);
  }
}

/** @param {string | URL} source */
async function load(source) {
  // Node's `fetch` reads no files.
  const { process } = /** @type {any} */ (globalThis);
  const isFile = String(source).startsWith('file:') && process?.getBuiltinModule !== undefined;
  try {
    return isFile ? await process.getBuiltinModule('node:fs').promises.readFile(new URL(source)) : await fetch(source);
  } catch (cause) {
    throw refused('lend.loadPlugin()', `${source} cannot be had: ${/** @type {Error} */ (cause).message}`, cause);
  }
}
