// Random programs that use buffers, run on a package and on the model at the same time. A step is one number, so that fast-check can shrink
// a program by leaving out steps. This file has the steps during which other steps run, and the steps that fail.

import assert from 'node:assert/strict';

import { ForeignSteps } from './foreign.mjs';
import { MOST_HANDLES } from './harness.mjs';

/** @typedef {import('./harness.mjs').Handle} Handle */

/** Collects garbage every time this many steps have run. */
const GARBAGE = 1000;

export class Program extends ForeignSteps {
  /** @param {number[]} steps */
  async run(steps) {
    this.steps = steps;
    while (this.position < steps.length) {
      const step = steps[this.position++];
      this.step(step);
      if ((step >>> 30) === 0) {
        await null;
        assert.equal(this.jsTold, this.model.jsTold, 'JavaScript listeners');
      }
      if (this.position % GARBAGE === 0) await this.collect();
    }
    await this.finish();
  }

  /** @param {number} step */
  step(step) {
    const [a, b, c] = [(step >>> 5) & 255, (step >>> 13) & 255, Math.imul(step, 0x9e3779b1) >>> 24];
    const operation = (step >>> 28) % 4 === 3 ? RARE[step & 15] : OPERATIONS[step & 31];
    this.makeRoom();
    this[operation](a, b, c);
    this.check();
  }

  makeRoom() {
    if (this.handles.length < MOST_HANDLES) return;
    const dead = this.handles.findIndex(({ state }) => state === 'freed' || state === 'moved');
    if (dead >= 0) this.handles.splice(dead, 1);
    else this.free(7);
  }

  /** Runs some of the following steps during a call. @param {number} count */
  inside(count) {
    this.depth += 1;
    for (let i = 0; i < count % 8 && this.position < this.steps.length; i++) this.step(this.steps[this.position++]);
    this.depth -= 1;
  }

  /** @param {() => any} call @param {number} count @param {boolean} throws @param {string | null} refusal */
  nested(call, count, throws, refusal) {
    const error = new Error('of the callback');
    this.pkg.set_model_callback(() => {
      this.inside(count);
      if (throws) throw error;
    });
    return this.outcome(call, refusal ?? (throws ? 'Error' : null));
  }

  nestShared(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4) return;
    const refusal = this.refusal([{ handle, needs: 'shared' }]);
    const throws = c % 4 === 0 && !this.unwinds;
    const sum = this.nested(() => this.rust.nest_shared(handle.buffer), b, throws, refusal);
    if (refusal !== null) return;
    if (!throws) assert.equal(sum, handle.slot.bytes.reduce((one, other) => one + other, 0));
    this.model.endBorrow(handle.slot, 'call');
  }

  nestExclusive(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4) return;
    const refusal = this.refusal([{ handle, needs: 'exclusive' }]);
    const throws = c % 4 === 0 && !this.unwinds;
    const { slot } = handle;
    if (refusal === null) slot.memory.bytes.fill(c, slot.start, slot.end);
    this.nested(() => this.rust.nest_exclusive(handle.buffer, c), b, throws, refusal);
    if (refusal !== null) return;
    if (!throws) slot.memory.bytes.fill((c + 1) & 255, slot.start, slot.end);
    this.model.endBorrow(slot, 'call');
  }

  nestKeep(a, b) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4) return;
    const refusal = this.refusal([{ handle, needs: 'keep' }]);
    const { slot } = handle;
    const holder = slot.forReaders;
    if (refusal === null) holder.rust += 1;
    this.nested(() => this.rust.nest_keep(handle.buffer), b, false, refusal);
    if (refusal !== null) return;
    holder.rust -= 1;
    this.model.settle(holder);
    this.model.endBorrow(slot, 'call');
  }

  nestTake(a, b) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4 || this.handles.length >= MOST_HANDLES) return;
    const refusal = this.refusal([{ handle, needs: 'take' }]);
    const { slot } = handle;
    if (refusal === null) {
      this.moveToRust(handle);
      handle.state = 'moving';
    }
    const result = this.nested(() => this.rust.nest_take(handle.buffer), b, false, refusal);
    if (refusal !== null) return;
    handle.state = 'moved';
    this.add(result, slot);
    slot.rust -= 1;
    this.model.endBorrow(slot, 'owner');
  }

  grow(a) {
    if (a % 16 === 0) this.rust.grow(1);
  }

  write(a, b, c) {
    const handle = this.pick(a);
    if (handle?.state !== 'live' || !handle.slot.isMutable || handle.slot.length === 0) return;
    const { slot, buffer } = handle;
    const index = b % slot.length;
    const start = slot.start + index * slot.size;
    // A sub-buffer may be frozen. Then nothing may write to its range, not even through the view of the whole. Builds with checks report this.
    const isFrozen = slot.memory.borrows.some(({ slot: other }) => !other.isMutable && other.start < start + slot.size && start < other.end);
    if (isFrozen) return;
    buffer.view[index] = c;
    slot.memory.bytes.splice(start, slot.size, ...[c, 0, 0, 0].slice(0, slot.size));
  }

  listen(a) {
    const handle = this.pick(a);
    if (handle?.state !== 'live') return;
    handle.slot.memory.jsNotes += 1;
    handle.buffer.onRelease(() => void (this.jsTold += 1));
  }

  watch(a) {
    const handle = this.pick(a);
    if (handle === undefined) return;
    const refusal = this.refusal([{ handle, needs: 'keep' }]);
    this.outcome(() => this.rust.watch(handle.buffer), refusal);
    if (refusal !== null) return;
    handle.slot.memory.rustNotes += 1;
    this.model.endBorrow(handle.slot, 'call');
  }

  scope(a) {
    if (this.depth >= 4) return;
    /** @type {Handle[]} */
    const made = [];
    this.scopes.push(made);
    this.lend.scope(() => this.inside(a));
    this.scopes.pop();
    for (const handle of made) {
      if (handle.state !== 'live') continue;
      handle.state = 'freed';
      handle.slot.js -= 1;
      this.model.settle(handle.slot);
    }
  }

  fail(a, b) {
    const [read, owned] = [this.pick(a), this.pick(b)];
    if (read === undefined || owned === undefined) return;
    const refusal = this.refusal([{ handle: read, needs: 'shared' }, { handle: owned, needs: 'take' }]);
    this.outcome(() => this.rust.fail(read.buffer, owned.buffer), refusal ?? 'Error');
    if (refusal === null) this.ended(read, owned);
  }

  panic(a, b) {
    const [written, owned] = [this.pick(a), this.pick(b)];
    if (!this.unwinds || written === undefined || owned === undefined) return;
    const refusal = this.refusal([{ handle: written, needs: 'exclusive' }, { handle: owned, needs: 'take' }]);
    this.outcome(() => this.rust.panic(written.buffer, owned.buffer), refusal ?? 'ERR_LEND_PANIC');
    if (refusal !== null) return;
    written.slot.memory.bytes.fill(0xee, written.slot.start, written.slot.end);
    this.ended(written, owned);
  }

  /** A call that borrowed one argument and dropped the other. @param {Handle} borrowed @param {Handle} owned */
  ended(borrowed, owned) {
    owned.state = 'moved';
    owned.slot.js -= 1;
    this.model.endBorrow(owned.slot, 'call');
    this.model.endBorrow(borrowed.slot, 'call');
  }
}

/** The operations by the low bits of a step. @type {(Exclude<keyof Program, 'constructor'> & string)[]} */
const OPERATIONS = /** @type {any} */ ([
  'alloc', 'alloc', 'create', 'subarray', 'subarray', 'as', 'freeze', 'free', 'free', 'read', 'read', 'fill', 'fill', 'copy',
  'keep', 'returnKept', 'slice', 'letGoOf', 'own', 'disown', 'divide', 'freezeOwned', 'dropOwnedOf', 'writeOwned', 'intoVec',
  'nestShared', 'nestExclusive', 'nestKeep', 'nestTake', 'write', 'listen', 'scope',
]);

/** Rare operations, which replace another one in some steps. @type {(Exclude<keyof Program, 'constructor'> & string)[]} */
const RARE = /** @type {any} */ ([
  'watch', 'fail', 'panic', 'grow', 'watch', 'fail', 'panic', 'grow',
  'convertShared', 'convertTake', 'nestInstance', 'keepView', 'convertShared', 'convertTake', 'nestInstance', 'moveALot',
]);
