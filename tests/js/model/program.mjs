// Random programs over buffers, run on a package and on the model at once. A step is one number, so that a program shrinks
// by leaving steps out.

import assert from 'node:assert/strict';

import { Harness, MOST_HANDLES } from './harness.mjs';

/** @typedef {import('./harness.mjs').Handle} Handle */

const MOST_KEPT = 12;

export class Program extends Harness {
  /** @param {number[]} steps */
  async run(steps) {
    this.steps = steps;
    while (this.position < steps.length) {
      const step = steps[this.position++];
      this.step(step);
      if ((step >>> 30) === 0) {
        await null;
        assert.equal(this.jsTold, this.model.jsTold, 'listeners of JavaScript');
      }
    }
    await this.finish();
  }

  /** @param {number} step */
  step(step) {
    const [a, b, c] = [(step >>> 5) & 255, (step >>> 13) & 255, Math.imul(step, 0x9e3779b1) >>> 24];
    const operation = (step >>> 28) % 4 === 3 ? RARE[step & 3] : OPERATIONS[step & 31];
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

  alloc(a) {
    if (this.handles.length >= MOST_HANDLES) return;
    const length = a % 17;
    this.add(this.lend.alloc(Uint8Array, length), this.model.allocate(new Array(length).fill(0), true));
  }

  create(a, b) {
    if (this.handles.length >= MOST_HANDLES) return;
    const bytes = Array.from({ length: a % 17 }, (_, i) => (i * 31 + b) & 255);
    this.add(this.lend.createReadOnlyBuffer(Uint8Array.from(bytes)), this.model.allocate(bytes, false));
  }

  subarray(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || this.handles.length >= MOST_HANDLES) return;
    const [begin, end] = [(b % 41) - 20, (c % 41) - 20];
    const gone = handle.state === 'moving' ? 'ERR_LEND_MOVED' : this.gone(handle);
    const part = this.outcome(() => handle.buffer.subarray(begin, end), gone);
    if (gone !== null) return;
    const indices = Array.from({ length: handle.slot.length }, (_, i) => i).slice(begin, end);
    const start = indices[0] ?? Math.min(begin < 0 ? Math.max(handle.slot.length + begin, 0) : begin, handle.slot.length);
    this.add(part, this.model.part(handle.slot, start, start + indices.length));
  }

  as(a, b) {
    const handle = this.pick(a);
    if (handle === undefined || this.handles.length >= MOST_HANDLES) return;
    const size = b % 2 === 0 ? 4 : 1;
    const { slot, buffer } = handle;
    let expected = handle.state === 'moving' ? 'ERR_LEND_MOVED' : this.gone(handle);
    if (expected === null && ((slot.end - slot.start) % size !== 0 || buffer.view.byteOffset % size !== 0)) expected = 'ERR_LEND_RANGE';
    const part = this.outcome(() => buffer.as(size === 4 ? Uint32Array : Uint8Array), expected);
    if (expected === null) this.add(part, this.model.part(slot, 0, (slot.end - slot.start) / size, size));
  }

  freeze(a) {
    const handle = this.pick(a);
    if (handle === undefined || handle.buffer.freeze === undefined) return;
    const { slot } = handle;
    let expected = handle.state === 'moving' ? 'ERR_LEND_MOVED' : this.gone(handle);
    if (expected === null && slot.isMutable && !this.model.allowsFreezing(slot)) expected = 'ERR_LEND_BORROWED';
    const frozen = this.outcome(() => handle.buffer.freeze(), expected);
    if (expected !== null) return;
    handle.state = 'moved';
    if (slot.isMutable) {
      slot.js -= 1;
      this.model.freeze(slot);
      this.add(frozen, slot);
    } else {
      const part = this.model.part(slot, 0, slot.length);
      this.add(frozen, part);
      slot.js -= 1;
      this.model.settle(slot);
    }
  }

  free(a) {
    const handle = this.pick(a);
    if (handle !== undefined) this.freeHandle(handle);
  }

  /** @param {Handle} handle */
  freeHandle(handle) {
    this.outcome(() => handle.buffer.free(), handle.state === 'moving' ? 'ERR_LEND_MOVED' : null);
    if (handle.state !== 'live') return;
    handle.state = 'freed';
    handle.slot.js -= 1;
    this.model.settle(handle.slot);
  }

  read(a) {
    const handle = this.pick(a);
    if (handle === undefined) return;
    const { slot, buffer } = handle;
    const words = slot.size === 4;
    const refusal = this.refusal([{ handle, needs: 'shared', size: slot.size }]);
    const sum = this.outcome(() => (words ? this.rust.read_words(buffer) : this.rust.read(buffer)), refusal);
    if (refusal !== null) return;
    this.model.endBorrow(slot, 'call');
    const { bytes } = slot;
    const values = words ? [...new Uint32Array(Uint8Array.from(bytes).buffer)] : bytes;
    assert.equal(sum, values.reduce((one, other) => (one + other) >>> 0, 0));
  }

  fill(a, b) {
    const handle = this.pick(a);
    if (handle === undefined) return;
    const refusal = this.refusal([{ handle, needs: 'exclusive' }]);
    this.outcome(() => this.rust.fill(handle.buffer, b), refusal);
    if (refusal !== null) return;
    handle.slot.memory.bytes.fill(b, handle.slot.start, handle.slot.end);
    this.model.endBorrow(handle.slot, 'call');
  }

  copy(a, b) {
    const [from, to] = [this.pick(a), this.pick(b)];
    if (from === undefined || to === undefined) return;
    const refusal = this.refusal([{ handle: from, needs: 'shared' }, { handle: to, needs: 'exclusive' }]);
    this.outcome(() => this.rust.copy(from.buffer, to.buffer), refusal);
    if (refusal !== null) return;
    const bytes = from.slot.bytes.slice(0, to.slot.length);
    to.slot.memory.bytes.splice(to.slot.start, bytes.length, ...bytes);
    this.model.endBorrow(to.slot, 'call');
    this.model.endBorrow(from.slot, 'call');
  }

  keep(a) {
    const handle = this.pick(a);
    if (handle === undefined || this.kept.size >= MOST_KEPT) return;
    const refusal = this.refusal([{ handle, needs: 'keep' }]);
    const index = this.outcome(() => this.rust.keep(handle.buffer), refusal);
    if (refusal !== null) return;
    const { slot } = handle;
    this.hold(index, slot.forReaders, slot.start, slot.end);
    this.model.endBorrow(slot, 'call');
  }

  /** @param {number} index @param {any} slot @param {number} start @param {number} end */
  hold(index, slot, start, end) {
    slot.rust += 1;
    this.kept.set(index, { slot, start, end });
  }

  /** @template T @param {Map<number, T>} map @param {number} which @returns {[number, T] | []} */
  entry(map, which) {
    return map.size === 0 ? [] : [...map][which % map.size];
  }

  returnKept(a) {
    const [index, held] = this.entry(this.kept, a);
    if (held === undefined || this.handles.length >= MOST_HANDLES) return;
    this.addKept(this.rust.kept(index), held);
  }

  slice(a, b, c) {
    const [index, held] = this.entry(this.kept, a);
    if (held === undefined || this.kept.size >= MOST_KEPT) return;
    const length = held.end - held.start;
    const from = b % (length + 1);
    const to = from + (c % (length - from + 1));
    this.hold(this.rust.slice(index, from, to), held.slot, held.start + from, held.start + to);
  }

  letGoOf(a) {
    const [index] = this.entry(this.kept, a);
    if (index !== undefined) this.letGo(index);
  }

  /** @param {number} index */
  letGo(index) {
    this.rust.let_go(index);
    const { slot } = /** @type {any} */ (this.kept.get(index));
    this.kept.delete(index);
    slot.rust -= 1;
    this.model.settle(slot);
  }

  own(a) {
    const handle = this.pick(a);
    if (handle === undefined) return;
    const refusal = this.refusal([{ handle, needs: 'take' }]);
    const index = this.outcome(() => this.rust.own(handle.buffer), refusal);
    if (refusal !== null) return;
    this.moveToRust(handle);
    handle.state = 'moved';
    this.owned.set(index, handle.slot);
  }

  /** @param {Handle} handle */
  moveToRust({ slot }) {
    slot.js -= 1;
    slot.rust += 1;
    const { borrows } = slot.memory;
    borrows[borrows.findLastIndex((borrow) => borrow.slot === slot)].by = 'owner';
  }

  disown(a) {
    const [index, slot] = this.entry(this.owned, a);
    if (slot === undefined || this.handles.length >= MOST_HANDLES) return;
    this.owned.delete(index);
    this.add(this.rust.disown(index), slot);
    slot.rust -= 1;
    this.model.endBorrow(slot, 'owner');
  }

  divide(a, b) {
    const [index, slot] = this.entry(this.owned, a);
    if (slot === undefined || this.owned.size >= MOST_KEPT) return;
    const mid = b % (slot.length + 1);
    const second = this.rust.divide(index, mid);
    const whole = slot.memory.whole;
    const parts = [[0, mid], [mid, slot.length]].map(([from, to]) => this.model.part(slot, from, to));
    for (const part of parts) {
      part.rust = 1;
      assert.equal(part.of, whole);
    }
    slot.rust -= 1;
    this.model.endBorrow(slot, 'owner');
    for (const part of parts) this.model.borrow(part, true, 'owner');
    this.owned.set(index, parts[0]);
    this.owned.set(second, parts[1]);
  }

  freezeOwned(a) {
    const [index, slot] = this.entry(this.owned, a);
    if (slot === undefined || this.kept.size >= MOST_KEPT) return;
    this.owned.delete(index);
    const kept = this.rust.freeze(index);
    this.hold(kept, slot, slot.start, slot.end);
    slot.rust -= 1;
    this.model.endBorrow(slot, 'owner');
    this.model.freeze(slot);
  }

  dropOwnedOf(a) {
    const [index] = this.entry(this.owned, a);
    if (index !== undefined) this.dropOwned(index);
  }

  /** @param {number} index */
  dropOwned(index) {
    this.rust.drop_owned(index);
    const slot = this.owned.get(index);
    this.owned.delete(index);
    slot.rust -= 1;
    this.model.endBorrow(slot, 'owner');
  }

  writeOwned(a, b) {
    const [index, slot] = this.entry(this.owned, a);
    if (slot === undefined) return;
    this.rust.write_owned(index, b);
    slot.memory.bytes.fill(b, slot.start, slot.end);
  }

  intoVec(a) {
    const handle = this.pick(a);
    if (handle === undefined) return;
    const refusal = this.refusal([{ handle, needs: 'take' }]);
    const { slot } = handle;
    const elements = this.outcome(() => this.rust.into_vec(handle.buffer), refusal);
    if (refusal !== null) return;
    assert.deepEqual([...elements], slot.bytes);
    handle.state = 'moved';
    slot.js -= 1;
    this.model.endBorrow(slot, 'call');
  }

  /** Runs some of the steps that follow, in the middle of a call. @param {number} count */
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
    const throws = c % 4 === 0;
    const sum = this.nested(() => this.rust.nest_shared(handle.buffer), b, throws, refusal);
    if (refusal !== null) return;
    if (!throws) assert.equal(sum, handle.slot.bytes.reduce((one, other) => one + other, 0));
    this.model.endBorrow(handle.slot, 'call');
  }

  nestExclusive(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4) return;
    const refusal = this.refusal([{ handle, needs: 'exclusive' }]);
    const throws = c % 4 === 0;
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
    if (refusal === null) {
      holder.rust += 1;
      this.model.endBorrow(slot, 'call');
    }
    this.nested(() => this.rust.nest_keep(handle.buffer), b, false, refusal);
    if (refusal !== null) return;
    holder.rust -= 1;
    this.model.settle(holder);
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
    buffer.view[index] = c;
    slot.memory.bytes.splice(slot.start + index * slot.size, slot.size, ...[c, 0, 0, 0].slice(0, slot.size));
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
    this.outcome(() => this.rust.fail(read.buffer, owned.buffer), refusal ?? 'thrown');
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

  /** A call that borrowed one and dropped the other. @param {Handle} borrowed @param {Handle} owned */
  ended(borrowed, owned) {
    owned.state = 'moved';
    owned.slot.js -= 1;
    this.model.endBorrow(owned.slot, 'call');
    this.model.endBorrow(borrowed.slot, 'call');
  }
}

/** By the low bits of a step. @type {(Exclude<keyof Program, 'constructor'> & string)[]} */
const OPERATIONS = /** @type {any} */ ([
  'alloc', 'alloc', 'create', 'subarray', 'subarray', 'as', 'freeze', 'free', 'free', 'read', 'read', 'fill', 'fill', 'copy',
  'keep', 'returnKept', 'slice', 'letGoOf', 'own', 'disown', 'divide', 'freezeOwned', 'dropOwnedOf', 'writeOwned', 'intoVec',
  'nestShared', 'nestExclusive', 'nestKeep', 'nestTake', 'write', 'listen', 'scope',
]);

/** The rarer ones take the place of another in some steps. */
const RARE = ['watch', 'fail', 'panic', 'grow'];
