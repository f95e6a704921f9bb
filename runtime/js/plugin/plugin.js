// @ts-check
// A linked plugin: the runtime that its shims see, what is still in use, and how it ends.

import { defineClass, forgetClass } from '../classes.js';
import { className, describeBuffer } from '../displayNames.js';
import { enumsOfPlugin } from '../enums.js';
import { LendError } from '../error.js';
import { heap } from '../heap.js';
import { poison, returned, wasm } from '../memory.js';
import { afterTrap, deadExports, hasOverflowed, overflowDealtWith, reasonOf } from '../poison.js';
import { failedIn } from '../refusal.js';
import { nobody } from '../signatures.js';
import { isRunning, leaveActiveCalls } from './activeCalls.js';
import { release } from './link.js';
import { refused } from './module.js';
import { runtimeOf } from './runtime.js';

/** The name of the package itself among the modules. */
export const HOST = 'host';

/** Key: a name. Value: the loaded plugin. @type {Map<string, Plugin>} */
export const plugins = new Map();

/** Plugins by number, also those that are being linked. The package has the number 0. @type {Array<Plugin | undefined>} */
const byNumber = [undefined];

/** Runs when another instance takes over. */
export function forgetPlugins() {
  plugins.clear();
  byNumber.length = 1;
}

/** The index of no slot: `NO_SLOT` of `runtime/src/table/mod.rs`. */
const NO_SLOT = 0xffffffff;

export class Plugin {
  /** @type {any} */
  exports = null;
  /** One function per snippet. It gives the snippet other exports. @type {Array<(exports: object) => void>} */
  binders = [];
  /** The tags of its classes. @type {number[]} */
  classes = [];
  /** The error that has ended it. @type {LendError | null} */
  ended = null;

  /** @param {string} name @param {import('./module.js').Description} description */
  constructor(name, description) {
    this.name = name;
    this.description = description;
    const free = byNumber.indexOf(undefined, 1);
    this.number = free === -1 ? byNumber.length : free;
    byNumber[this.number] = this;
    /** @type {import('./link.js').Place} */
    this.place = { memory: 0, size: 0, align: 1, start: 0, slots: 0 };
    /** @type {import('../closures.js').Owner} */
    this.owner = {
      run: (id, count) => this.exports.lend_closure(id, count),
      free: (id) => {
        if (this.ended !== null) return;
        try {
          this.exports.lend_closure_free(id);
        } catch (error) {
          throw failedIn(afterTrapIn, error, nobody, 0, []);
        }
      },
      failed: (error) => failedIn(afterTrapIn, error, nobody, 0, []),
    };
  }

  /** Its functions throw from now on. @param {LendError} error @param {object} dead */
  end(error, dead) {
    if (this.ended !== null) return;
    this.exports = dead;
    for (const bind of this.binders) bind(dead);
    // Last: if the stack overflows in the loop, all snippets are bound again.
    this.ended = error;
  }

  /** It has panicked or trapped. @param {string} reason @param {unknown} [cause] @returns {LendError} */
  trapped(reason, cause) {
    if (this.ended !== null) return this.ended;
    const error = new LendError('ERR_LEND_PANIC', `the plugin ${this.name}: ${reason}`, cause === undefined ? undefined : { cause });
    // For calls of other modules, which use its exports directly.
    this.exports.lend_plugin_end();
    this.end(error, deadExports(error, `the plugin ${this.name}`));
    return error;
  }

  /** The runtime for its shims. */
  runtime() {
    return runtimeOf({
      $bind: (/** @type {(exports: object) => void} */ bind) => {
        this.binders.push(bind);
        bind(this.exports);
      },
      $failed: (/** @type {unknown} */ error, /** @type {import('../signatures.js').About} */ about, /** @type {number} */ flags, /** @type {Array<number | [number]>} */ ...handles) =>
        failedIn(afterTrapIn, error, about, flags, handles),
      $defineClass: (/** @type {any} */ Class, /** @type {number} */ tag, /** @type {string} */ name, /** @type {any} */ access) => {
        this.classes.push(tag);
        return defineClass(Class, tag, name, access);
      },
      ...enumsOfPlugin(),
    });
  }

  /** Describes everything of it that is in use. @returns {string[]} */
  uses() {
    const found = [];
    // Also of plugins that are being linked.
    for (const other of byNumber) {
      if (other?.description.imports.some(({ module }) => module === this.name)) found.push(`the plugin ${other.name}, which imports its functions`);
    }
    if (isRunning(this.number)) found.push('a call of it that is still running');
    for (let index = 0; ; index++) {
      index = wasm.lend_module_next(this.number, index) >>> 0;
      if (index === NO_SLOT) break;
      found.push(describeSlot());
    }
    const closures = this.closures();
    if (closures !== 0) found.push(`${closures} ${closures === 1 ? 'closure' : 'closures'} of it`);
    const listeners = wasm.lend_module_listeners(this.number);
    if (listeners !== 0) found.push(`${listeners} ${listeners === 1 ? 'closure' : 'closures'} of it that wait for the end of buffers`);
    return found;
  }

  /** How many closures of it JavaScript can call. A plugin that cannot answer has ended. */
  closures() {
    if (this.ended !== null) return 0;
    try {
      return this.exports.lend_closures();
    } catch (error) {
      this.trapped(reasonOf(error) ?? `it has thrown ${String(error)}`, error);
      return 0;
    }
  }

  unload() {
    const what = `${this.name}.unload()`;
    if (plugins.get(this.name) !== this) throw new LendError('ERR_LEND_RELEASED', `${what}: the plugin was unloaded`);
    const uses = this.uses();
    if (uses.length > 0) throw refused(what, `still in use: ${list(uses)}`);
    const error = new LendError('ERR_LEND_RELEASED', `the plugin ${this.name} was unloaded`);
    const unloaded = () => {
      throw new LendError('ERR_LEND_RELEASED', `the plugin ${this.name} was unloaded`);
    };
    // It may have ended before.
    this.ended = null;
    this.end(error, new Proxy({}, { get: () => unloaded }));
    this.forget();
    // Last: if something throws before, `unload()` can be tried again.
    plugins.delete(this.name);
  }

  /** Gives its memory, its places in the table and its number back. */
  forget() {
    const { memory, size } = this.place;
    wasm.lend_module_ended(this.number, memory, memory + size);
    for (const tag of this.classes) forgetClass(tag);
    this.binders = [];
    byNumber[this.number] = undefined;
    release(this.place);
    this.place = { memory: 0, size: 0, align: 1, start: 0, slots: 0 };
  }

  stats() {
    const { memory, size, start, slots } = this.place;
    return {
      name: this.name,
      ...countsOf(this.number),
      closures: this.closures(),
      data: { offset: memory, length: size },
      table: { offset: start, length: slots },
    };
  }
}

/** The slot that `lend_module_next` has found, in words. */
function describeSlot() {
  const [length, tag] = heap(4).subarray(returned, returned + 2);
  const name = className(tag);
  return name === undefined ? describeBuffer(tag, length) : `an instance of ${name}`;
}

/** @param {string[]} uses */
function list(uses) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const use of uses) counts.set(use, (counts.get(use) ?? 0) + 1);
  const words = [...counts].map(([use, count]) => (count === 1 ? use : `${use} (${count} of these)`));
  return words.slice(0, 8).join('; ') + (words.length > 8 ? `; and ${words.length - 8} more` : '');
}

/** @param {number} module */
const countsOf = (module) => ({ buffers: wasm.lend_module_buffers(module) >>> 0, bytes: wasm.lend_module_bytes(module) >>> 0 });

export const modules = () => [{ name: HOST, ...countsOf(0) }, ...[...plugins.values()].map((plugin) => plugin.stats())];

/**
 * The error that a shim of a plugin throws for an exception that has left its call.
 * @param {unknown} error
 */
function afterTrapIn(error) {
  // If a call further in had no stack left to handle an overflow, nobody knows whose it was.
  if (poison !== null || hasOverflowed) return afterTrap(error);
  const reason = reasonOf(error);
  const plugin = byNumber[leaveActiveCalls()];
  if (reason === null) return error;
  if (plugin === undefined) return afterTrap(error);
  const ended = plugin.trapped(reason, error);
  overflowDealtWith();
  return ended;
}
