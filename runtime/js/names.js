// @ts-check
// The names of a package's exports: no two have the same. And the hook for calls by name, which byName.js sets.

import { LendError } from './error.js';
import { instance, isStarted, whenReplaced } from './memory.js';

/** Key: the name of a class, record or enum. Value: what has that name, in words. @type {Map<string, string>} */
const owners = new Map();

/** The names of the instance's functions and namespaces. @type {Set<string> | null} */
let functions = null;

/** @param {string} name @param {string} where */
function refuse(name, where) {
  throw new LendError(
    'ERR_LEND_NAME',
    `two exports of this package are called \`${name}\`: ${where}. Give one another name (\`#[export(name = "…")]\`), or put functions into a namespace`,
  );
}

/** Refuses a second export of one name. @param {string} name @param {string} owner The class or record of that name, in words. */
export function claim(name, owner) {
  whenReplaced(reset);
  // A list of its own: to search all exports for each class takes milliseconds in a large package.
  functions ??= new Set(Object.keys(instance).map(exportOf));
  const other = owners.get(name) ?? (functions.has(name) ? 'a function or namespace' : undefined);
  if (other !== undefined) refuse(name, `${other}, and ${owner}`);
  owners.set(name, owner);
}

/**
 * The same for an enum, before the start: its snippet has no start function. A snippet may be evaluated again, by a hot update.
 * @param {string} name @param {string} owner
 */
export function claimEarly(name, owner) {
  const other = owners.get(name) ?? owner;
  if (other !== owner) refuse(name, `${other}, and ${owner}`);
  owners.set(name, owner);
}

function reset() {
  owners.clear();
  functions = null;
}

/**
 * The export of the package that an export of wasm is for: `sum` of `lend$sum$1a2b3c4d`, `math` of `lend$math$add$1a2b3c4d`.
 * @param {string} symbol As `symbol` of `macros/src/expand/rust.rs` makes it. Members of classes begin with `lend$$`.
 */
const exportOf = (symbol) => (symbol.startsWith('lend$') ? symbol.split('$')[1] : '');

/**
 * Refuses two functions or namespaces of one name, in different crates. Of the two the package exports only one.
 * @param {object} exports
 */
export function checkNames(exports) {
  /** Key: a name. Value: the digits of its expansion. @type {Map<string, string>} */
  const units = new Map();
  for (const symbol of Object.keys(exports)) {
    const name = exportOf(symbol);
    if (name === '') continue;
    const owner = owners.get(name);
    if (owner !== undefined) refuse(name, `${owner}, and a function or namespace`);
    const unit = symbol.replace('$direct', '').slice(-8);
    if ((units.get(name) ?? unit) !== unit) refuse(name, 'they are in different crates, or in different places of one');
    units.set(name, unit);
  }
}

/** @type {((what: string, name: string, params?: unknown[]) => unknown[]) | null} */
let caller = null;

/** @param {(what: string, name: string, params?: unknown[]) => unknown[]} f */
export function setCaller(f) {
  caller = f;
}

/** @param {string} name @param {unknown[]} [params] */
export function callRustSync(name, params) {
  const what = `lend.callRust(${typeof name === 'string' ? `'${name}'` : ''})`;
  if (!isStarted()) throw new LendError('ERR_LEND_UNINITIALIZED', `${what}: this package is not initialised yet: await init() first`);
  if (caller === null) {
    throw new LendError('ERR_LEND_NAME', `${what}: this package has no functions by name: build it with the feature \`by-name\` of wasm-lend, or use \`register_call_rust!\``);
  }
  return caller(what, name, params);
}

/** @param {string} name @param {unknown[]} [params] */
export async function callRust(name, params) {
  return Promise.all(callRustSync(name, params));
}
