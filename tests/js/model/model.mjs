// A plain model of buffers: what the runtime has to do, without handles, flags and lists.

/** An allocation: its bytes and the borrows of its ranges. */
class Allocation {
  /** @param {number[]} bytes @param {boolean} mutable */
  constructor(bytes, mutable) {
    this.bytes = bytes;
    this.isReleased = false;
    /** @type {{ slot: Slot, exclusive: boolean, by: 'call' | 'owner' | 'pin' }[]} */
    this.borrows = [];
    this.jsNotes = 0;
    this.rustNotes = 0;
    this.whole = new Slot(this, 0, bytes.length, 1, mutable, null);
  }
}

/** A whole allocation, or a range of it that has its own handle or is frozen. */
export class Slot {
  /**
   * @param {Allocation} memory @param {number} start In bytes. @param {number} end In bytes.
   * @param {number} size The size of an element. @param {boolean} mutable @param {Slot | null} of The slot that it keeps alive.
   */
  constructor(memory, start, end, size, mutable, of) {
    Object.assign(this, { memory, start, end, size, mutable, of });
    /** The number of objects in JavaScript, of buffers in Rust, and of slots that keep this one. */
    this.js = 0;
    this.rust = 0;
    this.subBuffers = 0;
    this.isDestroyed = false;
    if (of !== null) of.subBuffers += 1;
  }

  get isWhole() {
    return this.memory.whole === this;
  }

  get isMutable() {
    return this.mutable && this.memory.whole.mutable;
  }

  get holders() {
    return (this.js > 0 ? 1 : 0) + this.rust + this.subBuffers;
  }

  get bytes() {
    return this.memory.bytes.slice(this.start, this.end);
  }

  get length() {
    return (this.end - this.start) / this.size;
  }

  /** Borrows these bytes as shared for as long as they are frozen. */
  get forReaders() {
    return this.memory.whole.mutable && !this.isMutable ? this : this.memory.whole;
  }
}

/** @param {Slot} one @param {Slot} other */
export const overlaps = (one, other) =>
  one.memory === other.memory && (one === other || Math.max(one.start, other.start) < Math.min(one.end, other.end));

/** True if the slot has no bytes, so that it cannot overlap another. @param {Slot} slot */
const isEmptySubBuffer = (slot) => !slot.isWhole && slot.start === slot.end;

export class Model {
  /** @type {Set<Allocation>} */
  allocations = new Set();
  jsTold = 0;
  rustTold = 0;

  /** @param {number[]} bytes @param {boolean} mutable */
  allocate(bytes, mutable) {
    const memory = new Allocation(bytes, mutable);
    this.allocations.add(memory);
    return memory.whole;
  }

  /** @param {Slot} slot @param {number} start @param {number} end In elements of `size`. @param {number} size */
  subBuffer(slot, start, end, size = slot.size) {
    const from = slot.start + start * size;
    return new Slot(slot.memory, from, slot.start + end * size, size, slot.isMutable, slot.forReaders);
  }

  /** The borrows that conflict, or may conflict, with a borrow of this slot. @param {Slot} slot */
  borrowsBeside(slot) {
    return slot.memory.borrows.filter((borrow) => borrow.slot === slot || (!isEmptySubBuffer(borrow.slot) && !isEmptySubBuffer(slot)));
  }

  /** @param {Slot} slot @param {boolean} exclusive */
  allows(slot, exclusive) {
    const { whole } = slot.memory;
    const borrows = this.borrowsBeside(slot);
    if (slot.isWhole) return exclusive ? borrows.length === 0 : !borrows.some((borrow) => borrow.exclusive);
    const meets = (/** @type {{ slot: Slot }} */ borrow) => borrow.slot.isWhole || overlaps(borrow.slot, slot);
    if (!whole.mutable) return true;
    return !borrows.some((borrow) => (exclusive || borrow.exclusive) && meets(borrow));
  }

  /** @param {Slot} slot @param {boolean} exclusive @param {'call' | 'owner' | 'pin'} by */
  borrow(slot, exclusive, by) {
    slot.memory.borrows.push({ slot, exclusive, by });
  }

  /** @param {Slot} slot @param {'call' | 'owner' | 'pin'} by */
  endBorrow(slot, by) {
    const { borrows } = slot.memory;
    const last = borrows.findLastIndex((borrow) => borrow.slot === slot && borrow.by === by);
    borrows.splice(last, 1);
    this.settle(slot);
  }

  /** True if a mutable buffer may be made read-only now. @param {Slot} slot */
  allowsFreezing(slot) {
    const borrows = this.borrowsBeside(slot);
    return slot.isWhole
      ? borrows.every((borrow) => !borrow.exclusive && !borrow.slot.isWhole)
      : !borrows.some((borrow) => borrow.slot === slot) && this.allows(slot, false);
  }

  /** @param {Slot} slot */
  freeze(slot) {
    slot.mutable = false;
    if (!slot.isWhole) this.borrow(slot, false, 'pin');
  }

  /** Destroys a slot without references and borrows. @param {Slot} slot */
  settle(slot) {
    const { memory } = slot;
    if (slot.holders > 0 || slot.isDestroyed || memory.borrows.some((borrow) => borrow.slot === slot && borrow.by === 'call')) return;
    slot.isDestroyed = true;
    memory.borrows = memory.borrows.filter((borrow) => borrow.slot !== slot);
    if (slot.of !== null) {
      slot.of.subBuffers -= 1;
      this.settle(slot.of);
    }
    if (!slot.isWhole) return;
    memory.isReleased = true;
    this.allocations.delete(memory);
    this.jsTold += memory.jsNotes;
    this.rustTold += memory.rustNotes;
  }

  get bytesAlive() {
    return [...this.allocations].reduce((sum, memory) => sum + memory.bytes.length, 0);
  }

  get callBorrows() {
    return [...this.allocations].reduce((sum, memory) => sum + memory.borrows.filter((borrow) => borrow.by === 'call').length, 0);
  }
}
