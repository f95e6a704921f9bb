// @ts-check
// Iterators and streams of Rust, as iterators of JavaScript.

import { rejectedAtEnd } from './values.js';

/** What `next` returns after the last element. */
const END = Symbol('end');

/** Called from wasm. */
export const endOfIteration = () => END;

/** The prototype of the engine's own iterators, which has `map`, `filter` and so on in newer engines. */
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/** @param {any} value */
const DONE = (value) => ({ done: true, value });

/** @typedef {{ (): any, free(): void }} Next */

class LendIterator {
  /** @type {Next | null} */
  #next;

  /** @param {Next} next */
  constructor(next) {
    this.#next = next;
  }

  next() {
    if (this.#next === null) return DONE(undefined);
    let value;
    try {
      value = this.#next();
    } catch (error) {
      this.free();
      throw error;
    }
    if (value !== END) return { done: false, value };
    this.free();
    return DONE(undefined);
  }

  /** Called when a loop is left early. @param {any} value */
  return(value) {
    this.free();
    return DONE(value);
  }

  free() {
    this.#next?.free();
    this.#next = null;
  }

  [Symbol.iterator]() {
    return this;
  }
}

class LendAsyncIterator {
  /** @type {Next | null} */
  #next;
  /** The last step that was requested. @type {Promise<any>} */
  #last = Promise.resolve();
  /** Ends the step that is running. @type {(() => void) | null} */
  #end = null;

  /** @param {Next} next */
  constructor(next) {
    this.#next = next;
  }

  next() {
    const step = this.#last.then(() => this.#step());
    this.#last = step.catch(() => {});
    return step;
  }

  async #step() {
    if (this.#next === null) return DONE(undefined);
    const ended = new Promise((resolve) => {
      this.#end = () => resolve(END);
    });
    try {
      const value = await Promise.race([rejectedAtEnd(this.#next()), ended]);
      if (value !== END) return { done: false, value };
    } catch (error) {
      this.free();
      throw error;
    } finally {
      this.#end = null;
    }
    this.free();
    return DONE(undefined);
  }

  /** Called when a loop is left early. @param {any} value */
  async return(value) {
    this.free();
    return DONE(await value);
  }

  free() {
    this.#next?.free();
    this.#next = null;
    this.#end?.();
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

Object.setPrototypeOf(LendIterator.prototype, IteratorPrototype);
if (Symbol.dispose) Object.defineProperty(LendIterator.prototype, Symbol.dispose, { value: LendIterator.prototype.free });
if (Symbol.dispose) Object.defineProperty(LendAsyncIterator.prototype, Symbol.dispose, { value: LendAsyncIterator.prototype.free });

/** Called from wasm. @param {any} next */
export const makeIterator = (next) => new LendIterator(next);

/** Called from wasm. @param {any} next */
export const makeAsyncIterator = (next) => new LendAsyncIterator(next);
