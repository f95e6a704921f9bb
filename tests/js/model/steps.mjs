// The simple steps of a program: one call of one side.

import assert from 'node:assert/strict';

import { Harness, MOST_HANDLES } from './harness.mjs';

/** @typedef {import('./harness.mjs').Handle} Handle */

const MOST_KEPT = 12;

export class Steps extends Harness {
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
    const sub = this.outcome(() => handle.buffer.subarray(begin, end), gone);
    if (gone !== null) return;
    const indices = Array.from({ length: handle.slot.length }, (_, i) => i).slice(begin, end);
    const start = indices[0] ?? Math.min(begin < 0 ? Math.max(handle.slot.length + begin, 0) : begin, handle.slot.length);
    this.add(sub, this.model.subBuffer(handle.slot, start, start + indices.length));
  }

  as(a, b) {
    const handle = this.pick(a);
    if (handle === undefined || this.handles.length >= MOST_HANDLES) return;
    const size = b % 2 === 0 ? 4 : 1;
    const { slot, buffer } = handle;
    let expected = handle.state === 'moving' ? 'ERR_LEND_MOVED' : this.gone(handle);
    if (expected === null && ((slot.end - slot.start) % size !== 0 || buffer.view.byteOffset % size !== 0)) expected = 'ERR_LEND_RANGE';
    const sub = this.outcome(() => buffer.as(size === 4 ? Uint32Array : Uint8Array), expected);
    if (expected === null) this.add(sub, this.model.subBuffer(slot, 0, (slot.end - slot.start) / size, size));
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
      const sub = this.model.subBuffer(slot, 0, slot.length);
      this.add(frozen, sub);
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
    this.outcome(() => handle.buffer.free(), handle.state === 'moving' || handle.state === 'taking' ? 'ERR_LEND_MOVED' : null);
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
    const subs = [[0, mid], [mid, slot.length]].map(([from, to]) => this.model.subBuffer(slot, from, to));
    for (const sub of subs) {
      sub.rust = 1;
      assert.equal(sub.of, whole);
    }
    slot.rust -= 1;
    this.model.endBorrow(slot, 'owner');
    for (const sub of subs) this.model.borrow(sub, true, 'owner');
    this.owned.set(index, subs[0]);
    this.owned.set(second, subs[1]);
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
}
