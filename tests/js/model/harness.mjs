// The harness that runs a program of the model test: the package, the model, and the comparison of both after every step.

import assert from 'node:assert/strict';

import { Model, overlaps } from './model.mjs';

export const MOST_HANDLES = 24;

/** A buffer object of the user, and what the model knows about it. */
export class Handle {
  /** @param {any} buffer @param {import('./model.mjs').Slot} slot */
  constructor(buffer, slot) {
    this.buffer = buffer;
    this.slot = slot;
    /**
     * `moving`: the call that moved it to Rust is still running. `taking`: a call will move it but has not done so yet.
     * @type {'live' | 'freed' | 'moved' | 'moving' | 'taking'}
     */
    this.state = 'live';
    slot.js += 1;
  }
}

const code = (/** @type {any} */ error) => (error instanceof Error ? /** @type {any} */ (error).code ?? 'Error' : 'thrown');

/** @param {any} view @param {any} slot */
function compare(view, slot) {
  const seen = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const expected = slot.memory.bytes;
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] !== expected[slot.start + i]) assert.deepEqual([...seen], slot.bytes, 'contents');
  }
}

export class Harness {
  /** @param {any} pkg @param {{ unwinds: boolean }} options */
  constructor(pkg, { unwinds }) {
    this.pkg = pkg;
    this.lend = pkg.lend;
    this.rust = pkg.model;
    // In builds with unwinding panics, an exception from an import ends the instance.
    this.unwinds = unwinds;
    this.model = new Model();
    /** @type {Handle[]} */
    this.handles = [];
    /** Buffers that Rust holds, by their index in Rust. @type {Map<number, { slot: any, start: number, end: number }>} */
    this.kept = new Map();
    /** @type {Map<number, any>} */
    this.owned = new Map();
    /** Views of buffers whose objects JavaScript has dropped. @type {{ view: any, slot: any }[]} */
    this.views = [];
    /** Instances: the number that JavaScript has not freed, and the number that is alive. */
    this.instances = { held: 0, alive: 0 };
    this.jsTold = 0;
    this.depth = 0;
    this.position = 0;
    this.steps = /** @type {number[]} */ ([]);
    this.baseline = this.lend.stats();
    this.told = this.rust.told();
    /** The handles that each scope has to free. @type {Handle[][]} */
    this.scopes = [];
  }

  // The comparison after every step.

  check() {
    const { model, baseline } = this;
    const { handles, buffers, bytes, borrows, instances } = this.lend.stats();
    const held = this.handles.filter(({ state }) => state === 'live' || state === 'taking');
    const live = new Set([...held, ...this.views].map(({ slot }) => slot));
    const { held: heldInstances, alive } = this.instances;
    assert.deepEqual(
      { handles: handles - baseline.handles, buffers: buffers - baseline.buffers, bytes: bytes - baseline.bytes, borrows, instances: instances - baseline.instances },
      { handles: live.size + heldInstances, buffers: model.allocations.size, bytes: model.bytesAlive, borrows: model.callBorrows + alive, instances: alive },
    );
    assert.equal(this.rust.told() - this.told, model.rustTold, 'Rust listeners');
    for (const { buffer, slot, state } of this.handles) {
      assert.equal(buffer.freed, state === 'freed');
      assert.equal(buffer.moved, state === 'moved' || state === 'moving' || state === 'taking');
      if (state !== 'live') continue;
      assert.equal(buffer.holders, slot.memory.whole.holders, 'holders');
      assert.equal(buffer.length, slot.length);
      compare(buffer.view, slot);
    }
    // Growth has detached this view, so that there is nothing to compare.
    for (const { view, slot } of this.views) if (view.length > 0) compare(view, slot);
  }

  /** A buffer that JavaScript has dropped, except for its view, is still there. */
  async collect() {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.check();
  }

  async finish() {
    if (this.views.length > 0) await this.collect();
    for (const index of [...this.kept.keys()]) this.letGo(index);
    for (const index of [...this.owned.keys()]) this.dropOwned(index);
    // Half of them are freed, the others are left to garbage collection.
    this.handles.filter((_, i) => i % 2 === 0).forEach((handle) => this.freeHandle(handle));
    this.check();
    this.forget();
    // The callback would keep the error, and the error would keep what its stack refers to.
    this.pkg.set_model_callback(() => {});
    for (let round = 0; round < 30 && this.lend.stats().handles > this.baseline.handles; round++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      globalThis.gc?.();
    }
    const { handles, bytes, buffers, borrows } = this.lend.stats();
    const { baseline } = this;
    assert.deepEqual({ handles, bytes, buffers, borrows }, { handles: baseline.handles, bytes: baseline.bytes, buffers: baseline.buffers, borrows: 0 });
    await null;
    assert.equal(this.jsTold, this.model.jsTold);
    assert.equal(this.rust.told() - this.told, this.model.rustTold);
  }

  /** Drops all handles for garbage collection. This is a function of its own so that its locals end with it. */
  forget() {
    for (const { state, slot } of this.handles) {
      if (state !== 'live') continue;
      slot.js -= 1;
      this.model.settle(slot);
    }
    this.handles.length = 0;
    for (const { slot } of this.views) {
      slot.js -= 1;
      this.model.settle(slot);
    }
    this.views.length = 0;
  }

  // Outcomes.

  /** Runs a call that has to throw the expected code, or nothing. @param {() => any} call @param {string | null} expected @returns {any} */
  outcome(call, expected) {
    let got = null;
    let result;
    try {
      result = call();
    } catch (error) {
      got = code(error);
      if (got === 'ERR_ASSERTION') throw error;
    }
    assert.equal(got, expected);
    return result;
  }

  /** @param {number} which @returns {Handle | undefined} */
  pick(which) {
    return this.handles[which % this.handles.length];
  }

  /** @param {Handle} handle @returns {string | null} The code of the refusal of a buffer that is freed or moved. */
  gone({ state }) {
    return { live: null, freed: 'ERR_LEND_RELEASED', moved: 'ERR_LEND_MOVED', moving: 'ERR_LEND_MOVED', taking: 'ERR_LEND_MOVED' }[state];
  }

  /**
   * The code of the refusal of a call with these arguments. If it is not refused, this takes the borrows.
   * @param {{ handle: Handle, needs: 'shared' | 'exclusive' | 'keep' | 'take', size?: number }[]} args
   * @returns {string | null}
   */
  refusal(args) {
    const gone = args.map(({ handle }) => this.gone(handle)).find((code) => code !== null);
    return gone ?? this.refusalOfRust(args);
  }

  /** @param {{ handle: Handle, needs: 'shared' | 'exclusive' | 'keep' | 'take', size?: number }[]} args @returns {string | null} */
  refusalOfRust(args) {
    /** @type {Handle[]} */
    const taken = [];
    let refusal = null;
    for (const { handle, needs, size = 1 } of args) {
      const { slot } = handle;
      const exclusive = needs === 'exclusive' || needs === 'take';
      if (slot.size !== size || (exclusive && !slot.isMutable)) refusal = 'ERR_LEND_TYPE';
      else if (!this.model.allows(slot, exclusive)) {
        refusal = taken.some((earlier) => overlaps(earlier.slot, slot)) ? 'ERR_LEND_ALIASED' : 'ERR_LEND_BORROWED';
      } else if (needs === 'keep' && slot.isMutable) refusal = 'ERR_LEND_TYPE';
      if (refusal !== null) break;
      this.model.borrow(slot, exclusive, 'call');
      taken.push(handle);
    }
    if (refusal !== null) for (const { slot } of taken.reverse()) this.model.endBorrow(slot, 'call');
    return refusal;
  }

  /** @param {any} buffer @param {any} slot */
  add(buffer, slot) {
    const handle = new Handle(buffer, slot);
    this.handles.push(handle);
    this.scopes.at(-1)?.push(handle);
    return handle;
  }

  /** Adds a buffer that Rust returns from one that it holds. @param {any} buffer @param {{ slot: any, start: number, end: number }} held */
  addKept(buffer, { slot, start, end }) {
    const isAll = slot.size === 1 && start === slot.start && end === slot.end;
    const of = isAll ? slot : this.model.subBuffer(slot, start - slot.start, end - slot.start, 1);
    if (!isAll && of.of !== slot) {
      // Rust's buffer holds a reference on exactly the slot that it was made of.
      of.of.subBuffers -= 1;
      of.of = slot;
      slot.subBuffers += 1;
    }
    this.add(buffer, of);
  }
}
