// @ts-check
// A plugin that is linked: what its shims see, who holds something of it, and how it ends.

import { forgetClass } from '../classes.js';
import { className, describeBuffer } from '../displayNames.js';
import { LendError } from '../error.js';
import { heap, poison, returned, wasm } from '../memory.js';
import { afterTrap, deadExports, hasOverflowed, overflowDealtWith, reasonOf } from '../poison.js';
import { failedIn } from '../refusal.js';
import { addFunctions } from '../signatures.js';
import { isRunning, leaveActiveCalls } from './activeCalls.js';
import { release } from './link.js';
import { refused } from './module.js';

/** The package itself, among the modules. */
export const HOST = 'host';

/** The plugins that are there, by name. @type {Map<string, Plugin>} */
export const plugins = new Map();

/** The numbers of those that are there; the package has 0. @type {Array<Plugin | undefined>} */
const byNumber = [undefined];

/** What shims get: the package's own, and every part of the runtime. @type {any} */
export let shared;

/** @param {any} runtime */
export const setShared = (runtime) => void (shared = runtime);

/** Another instance takes over. */
export function forgetPlugins() {
  plugins.clear();
  byNumber.length = 1;
  shared = undefined;
}

/** The last place of no slot: `NO_SLOT` of `runtime/src/table/mod.rs`. */
const NO_SLOT = 0xffffffff;

export class Plugin {
  /** @type {any} */
  exports = null;
  /** How its snippets take the functions they call. @type {Array<(exports: object) => void>} */
  binders = [];
  /** The tags of its classes. @type {number[]} */
  classes = [];
  /** Why it cannot be called any more. @type {LendError | null} */
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
          throw failedIn(afterTrapIn, error, 0, []);
        }
      },
      failed: (error) => failedIn(afterTrapIn, error, 0, []),
    };
  }

  /** Ends it: its functions throw from now on. @param {LendError} error @param {object} dead */
  end(error, dead) {
    if (this.ended !== null) return;
    this.exports = dead;
    for (const bind of this.binders) bind(dead);
    // Last: where the stack overflows in the middle, all of them are told again.
    this.ended = error;
  }

  /** A panic or trap of its own. @param {string} reason @param {unknown} [cause] @returns {LendError} */
  trapped(reason, cause) {
    if (this.ended !== null) return this.ended;
    const error = new LendError('ERR_LEND_PANIC', `the plugin ${this.name}: ${reason}`, cause === undefined ? undefined : { cause });
    // For the calls of other modules, which do not come here.
    this.exports.lend_plugin_end();
    this.end(error, deadExports(error, `the plugin ${this.name}`));
    return error;
  }

  /** The runtime that its shims see. */
  runtime() {
    return Object.assign(Object.create(shared), {
      $register: (/** @type {Record<string, any[]>} */ more, /** @type {(exports: object) => void} */ bind) => {
        addFunctions(more);
        this.binders.push(bind);
        bind(this.exports);
      },
      $failed: (/** @type {unknown} */ error, /** @type {number} */ flags, /** @type {Array<number | [number]>} */ ...handles) =>
        failedIn(afterTrapIn, error, flags, handles),
      $defineClass: (/** @type {any} */ Class, /** @type {number} */ tag, /** @type {string} */ name, /** @type {any} */ access) => {
        this.classes.push(tag);
        return shared.$defineClass(Class, tag, name, access);
      },
    });
  }

  /** What of it is alive, in words. @returns {string[]} */
  holders() {
    const found = [];
    // Those too that are being linked.
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

  /** How many closures of it JavaScript can call. A plugin that cannot even say so has ended. */
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
    const holders = this.holders();
    if (holders.length > 0) throw refused(what, `still in use: ${list(holders)}`);
    const error = new LendError('ERR_LEND_RELEASED', `the plugin ${this.name} was unloaded`);
    const unloaded = () => {
      throw new LendError('ERR_LEND_RELEASED', `the plugin ${this.name} was unloaded`);
    };
    // Also of one that has ended before.
    this.ended = null;
    this.end(error, new Proxy({}, { get: () => unloaded }));
    this.forget();
    // Last: what has thrown before can be tried again.
    plugins.delete(this.name);
  }

  /** Gives everything back that it had of the host. */
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

/** @param {string[]} holders */
function list(holders) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const holder of holders) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  const words = [...counts].map(([holder, count]) => (count === 1 ? holder : `${holder} (${count} of these)`));
  return words.slice(0, 8).join('; ') + (words.length > 8 ? `; and ${words.length - 8} more` : '');
}

/** @param {number} module */
const countsOf = (module) => ({ buffers: wasm.lend_module_buffers(module) >>> 0, bytes: wasm.lend_module_bytes(module) >>> 0 });

export const modules = () => [{ name: HOST, ...countsOf(0) }, ...[...plugins.values()].map((plugin) => plugin.stats())];

/**
 * What a shim of a plugin throws for an exception that has left its call.
 * @param {unknown} error
 */
function afterTrapIn(error) {
  // An overflow that a call further in had no stack to deal with may have been any module's.
  if (poison !== null || hasOverflowed) return afterTrap(error);
  const reason = reasonOf(error);
  const plugin = byNumber[leaveActiveCalls()];
  if (reason === null) return error;
  if (plugin === undefined) return afterTrap(error);
  const ended = plugin.trapped(reason, error);
  overflowDealtWith();
  return ended;
}
