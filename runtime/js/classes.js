// @ts-check
// Structs of Rust as classes. Each class is in a snippet of its own, and only that can read the handle of an instance. Other snippets add methods.
// Snippets start in any order.

import { forgetStack, register, rememberStack } from './accounting.js';
import { setClassNames } from './displayNames.js';
import { describe, LendError } from './error.js';
import { EXPIRED, FREEABLE, FREED, LIVE, MOVED, TAKING } from './handles.js';
import { CLASS_NAME } from './instanceMark.js';
import { isOfEnded, mark, poison, replaced, wasm, whenReplaced } from './memory.js';
import { claim } from './names.js';
import { enterNursery, leaveNursery, reenterNursery, REGISTER } from './nursery.js';
import { drops } from './pendingDrops.js';
import { afterTrap } from './poison.js';
import { forgetReader, giveReader } from './references.js';
import { setRefusals } from './refusal.js';
import { refusalError } from './refusalErrors.js';
import { callPending } from './release.js';
import { fromCaller, place, startStackAt } from './signatures.js';

/**
 * @typedef {import('./signatures.js').About} About
 *
 * @typedef {object} Access What the snippet of a class can do with instances, and nobody else.
 * @property {(value: any) => number} of The handle of a live instance, or 0.
 * @property {(value: any) => number} state `LIVE`, `FREED`, `MOVED` or `TAKING` of an instance; -1 of any other value.
 * @property {(value: any, handle: number, state: number) => void} set Gives an instance another handle, or 0, and another state.
 * @property {(value: any, held?: import('./accounting.js').Held) => import('./accounting.js').Held | null} held What the registry has of an instance.
 * @property {(handle: number, isLent?: boolean) => any} make Makes the instance of a handle, or one that ends with a callback.
 * @property {(gone: () => never) => void} end Makes its instances those of an ended package, and its constructor throw.
 *
 * @typedef {Omit<Access, 'end'> & { forget: Access['end'], name: string, Class: any, fields: string[], construct: (...args: any[]) => number, end: (value: any, handle: number, state: number) => void }} Entry
 */

export { early } from './memory.js';

/** The state of an instance that is lent to a callback. */
const LENT = 6;

/** Key: a tag. Value: its class. @type {Map<number, Entry>} */
const classes = new Map();

/** Key: a tag. Value: methods whose class has not started yet. @type {Map<number, Array<(entry: Entry) => void>>} */
const waiting = new Map();

/**
 * @param {any} Class @param {number} tag @param {string} name @param {Access} access @param {string} [crate]
 * @returns {object} What its snippet calls in the constructor.
 */
export function defineClass(Class, tag, name, access, crate) {
  prepare();
  // The class of a plugin is no export of the package.
  if (crate !== undefined) claim(name, `the class of the crate \`${crate}\``);
  /** @type {Entry} */
  const entry = {
    ...access,
    forget: access.end,
    end() {},
    fields: [],
    name,
    Class,
    construct() {
      throw new LendError('ERR_LEND_TYPE', `new ${name}() does not exist: functions of Rust make its instances`);
    },
  };
  entry.end = (value, handle, state) => {
    const held = access.held(value);
    if (held === null) leaveNursery(value);
    else held.handle = 0;
    forgetStack(handle);
    access.set(value, 0, state);
  };
  const methods = {
    ...shown(entry),
    /** @this {any} */
    free() {
      const handle = entry.of(this);
      if (handle === 0 && entry.state(this) === TAKING) throw unusable(this, entry, `${name}.free()`);
      if (handle === 0) return;
      // First, because its `Drop` may throw or look at the instance. While a call borrows the instance, Rust defers the `Drop`.
      entry.end(this, handle, FREED);
      try {
        wasm.lend_free(handle);
      } catch (error) {
        // What is dropped may trap.
        throw afterTrap(error);
      } finally {
        if (drops.any) drops.run();
        callPending();
      }
    },
    /** @this {any} */
    [REGISTER]() {
      const handle = entry.of(this);
      if (handle !== 0 && entry.state(this) === LIVE && entry.held(this) === null) entry.held(this, register(this, handle));
    },
  };
  for (const key of Reflect.ownKeys(methods)) Object.defineProperty(Class.prototype, key, hidden(/** @type {any} */ (methods)[key]));
  if (Symbol.dispose) Object.defineProperty(Class.prototype, Symbol.dispose, hidden(methods.free));
  Object.defineProperty(Class.prototype, FREEABLE, hidden(true));
  Object.defineProperty(Class.prototype, CLASS_NAME, hidden(name));
  Object.defineProperty(Class.prototype, Symbol.toStringTag, hidden(name));
  classes.set(tag, entry);
  giveReader(tag, access.of, (value, about, index) => noInstance(value, tag, about, index));
  waiting.get(tag)?.forEach((extend) => extend(entry));
  waiting.delete(tag);
  return {
    // The instance mark. Snippets read it under this name.
    home: mark,
    construct(/** @type {object} */ instance, /** @type {any[]} */ args) {
      // `Reflect.construct` can pass any class.
      if (!(instance instanceof Class)) throw new LendError('ERR_LEND_TYPE', `new ${name}(): \`new.target\` is no class that extends ${name}`);
      try {
        return entry.construct(...args);
      } catch (error) {
        throw error instanceof LendError ? startStackAt(Class, error) : error;
      }
    },
    made(/** @type {any} */ instance) {
      enterNursery(instance);
      rememberStack(entry.of(instance));
    },
  };
}

/** @param {any} value Of a property that is not enumerable. */
const hidden = (value) => ({ value, writable: true, configurable: true });

/**
 * Adds the members of an `impl` block to a class.
 * @param {number} tag
 * @param {(of: Entry['of'], make: Entry['make'], Class: any) => void} bind
 * @param {{ construct?: any, methods: object, statics: object, getters: object, setters: object, fields?: string[] }} members
 */
export function extendClass(tag, bind, members) {
  const extend = (/** @type {Entry} */ entry) => {
    bind(entry.of, entry.make, entry.Class);
    if (members.construct) entry.construct = members.construct;
    entry.fields.push(...(members.fields ?? []));
    add(entry.Class.prototype, members.methods, hidden);
    add(entry.Class, members.statics, hidden);
    addAccessors(entry.Class.prototype, members.getters, members.setters);
  };
  prepare();
  const entry = classes.get(tag);
  if (entry !== undefined) extend(entry);
  else waiting.set(tag, [...(waiting.get(tag) ?? []), extend]);
}

/** Adds accessors to the prototype of a class, or to the class itself. @param {any} target @param {object} getters @param {object} setters */
export function addAccessors(target, getters, setters) {
  add(target, getters, (get) => ({ get, configurable: true }));
  add(target, setters, (set) => ({ set, configurable: true }));
}

/** Methods that show an instance with its public fields. The class may have its own instead. @param {Entry} entry @returns {object} */
function shown({ fields, name, of }) {
  const values = (/** @type {any} */ self) => Object.fromEntries(fields.map((field) => [field, self[field]]));
  return {
    /** @this {any} */
    toJSON() {
      return values(this);
    },
    /** @this {any} @param {number} depth @param {object} options @param {(value: unknown, options: object) => string} inspect */
    [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
      if (of(this) === 0 || poison !== null || depth < 0 || inspect === undefined) return `[${name}]`;
      return `${name} ${inspect(values(this), options)}`;
    },
  };
}

/** @param {any} target @param {any} members @param {(f: any) => object} descriptor */
function add(target, members, descriptor) {
  for (const name of Object.keys(members)) {
    Object.defineProperty(members[name], 'name', { value: name });
    // The setter of a getter, or the getter of a setter.
    const earlier = Object.getOwnPropertyDescriptor(target, name);
    const both = earlier?.get || earlier?.set ? earlier : {};
    Object.defineProperty(target, name, { ...both, ...descriptor(members[name]) });
  }
}

/**
 * The error for a method that was called on a value which is no live instance.
 * @param {any} value @param {number} tag @param {About} about @param {number} index
 * @returns {never}
 */
export function noInstance(value, tag, about, index) {
  const entry = classes.get(tag);
  const where = place(about, index);
  throw fromCaller(about, entry === undefined ? replaced(`${where}: the instance belongs`) : unusable(value, entry, where));
}

/** @param {any} value @param {Entry} entry @param {string} where */
function unusable(value, entry, where) {
  switch (entry.state(value)) {
    case FREED:
      return new LendError('ERR_LEND_RELEASED', `${where}: the ${entry.name} was freed`);
    case EXPIRED:
      return new LendError('ERR_LEND_RELEASED', `${where}: the ${entry.name} was lent to a callback, which has returned`);
    case MOVED:
      return new LendError('ERR_LEND_MOVED', `${where}: the ${entry.name} was moved into Rust`);
    case TAKING:
      return new LendError('ERR_LEND_MOVED', `${where}: the instance was moved into Rust by a call that is still running`);
    default:
      if (entry.state(value) !== -1) return replaced(`${where}: the ${entry.name} belongs`);
      return imitation(value, entry, where) ?? new LendError('ERR_LEND_TYPE', `${where} takes an instance of ${entry.name}; got ${describe(value)}`);
  }
}

/**
 * The error for an instance that comes from elsewhere, or for an object that imitates one; else null.
 * @param {any} value @param {Entry} entry @param {string} where
 */
function imitation(value, entry, where) {
  try {
    if (isOfEnded(value)) return replaced(`${where}: the ${entry.name} belongs`);
    if (value instanceof entry.Class && value.$lent === mark) {
      return new LendError('ERR_LEND_TYPE', `${where} takes the ${entry.name} itself; got a Proxy of it, or an object that inherits from it (of a reactive object of Vue, pass toRaw(object))`);
    }
    if (value?.[CLASS_NAME] === entry.name && !(value instanceof entry.Class)) {
      return new LendError('ERR_LEND_FOREIGN', `${where}: this ${entry.name} belongs to another instance or package`);
    }
  } catch {
    // A Proxy or getter has thrown. The error at hand is reported all the same.
  }
  return null;
}

/**
 * Marks an instance as TAKING whose method takes it, right before the call.
 * @param {any} value @param {number} tag @param {number} handle @param {About} about
 */
export function takingInstance(value, tag, handle, about) {
  const entry = /** @type {Entry} */ (classes.get(tag));
  // A getter of another argument has ended it.
  if (entry.of(value) !== handle) throw unusable(value, entry, place(about, 0));
  // It must not get into the nursery: its handle is used again when the callback has returned.
  if (entry.state(value) === LENT) {
    throw fromCaller(about, new LendError('ERR_LEND_BORROWED', `${place(about, 0)}: the ${entry.name} is lent to a callback, until that returns, and Rust cannot keep it`));
  }
  entry.set(value, 0, TAKING);
}

/** Ends TAKING after the call. @param {boolean} wasMoved @param {any} value @param {number} tag @param {number} handle */
export function takenInstance(wasMoved, value, tag, handle) {
  const entry = /** @type {Entry} */ (classes.get(tag));
  // Without a handle this call was not made, and another call is taking the instance.
  if (handle === 0 || entry.state(value) !== TAKING) return;
  if (wasMoved || poison !== null) return entry.end(value, handle, MOVED);
  entry.set(value, handle, LIVE);
  // It may have left the nursery unregistered meanwhile.
  if (entry.held(value) === null) reenterNursery(value);
}

/** Called from wasm. @param {any} value @param {number} tag */
export const instanceHandle = (value, tag) => classes.get(tag >>> 0)?.of(value) ?? 0;

/** Called from wasm. @param {any} value @param {number} tag @returns {number} 0 for no instance, else `FREED`, `MOVED` or `EXPIRED`. */
export function instanceState(value, tag) {
  const state = classes.get(tag >>> 0)?.state(value) ?? LIVE;
  return state === TAKING ? MOVED : Math.max(state, LIVE);
}

/** Called from wasm, when an argument is moved into Rust. @param {any} value @param {number} tag */
export function instanceMoved(value, tag) {
  const entry = classes.get(tag >>> 0);
  entry?.end(value, entry.of(value), MOVED);
}

/** Called from wasm. @param {number} handle @param {number} tag */
export const newInstance = (handle, tag) => /** @type {Entry} */ (classes.get(tag >>> 0)).make(handle >>> 0);

/** Makes the object for an instance that a callback gets, perhaps for the length of its call. @param {number} handle @param {number} tag @param {boolean} isLent */
export function lendInstance(handle, tag, isLent) {
  const { make, set } = /** @type {Entry} */ (classes.get(tag));
  const instance = make(handle, isLent);
  if (isLent) set(instance, handle, LENT);
  return instance;
}

/** The callback has returned. @param {any} value @param {number} tag */
export function expireInstance(value, tag) {
  const { of, set } = /** @type {Entry} */ (classes.get(tag));
  if (of(value) !== 0) set(value, 0, EXPIRED);
}

/** Runs when the plugin of a class is unloaded. No instance is left. @param {number} tag */
export function forgetClass(tag) {
  classes.delete(tag);
  waiting.delete(tag);
  forgetReader(tag);
}

function prepare() {
  whenReplaced(reset);
  setRefusals(refusalError);
  setClassNames((tag) => classes.get(tag)?.name ?? 'object');
}

/** What an ended class calls. @returns {never} */
function gone() {
  throw replaced('the class belongs');
}

/** Runs when another instance takes over, which defines its own classes. */
function reset() {
  // Its snippet may be another module than that of the new one.
  for (const entry of classes.values()) entry.forget(gone);
  classes.clear();
  waiting.clear();
}

