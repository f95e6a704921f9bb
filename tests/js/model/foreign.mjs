// Steps with foreign code during the conversions of a call, and steps that keep only a view of a buffer.

import assert from 'node:assert/strict';

import { MOST_HANDLES } from './harness.mjs';
import { Steps } from './steps.mjs';

const MOST_VIEWS = 6;
/** More rounds than a slot has generations. */
const MOVES = 1100;

export class ForeignSteps extends Steps {
  /** Runs some of the following steps. @param {number} _count */
  inside(_count) {}

  /** A list whose getter runs other steps. @param {number} count @param {boolean} throws */
  listWith(count, throws) {
    const list = ['first', 'second'];
    Object.defineProperty(list, 1, {
      get: () => {
        this.inside(count);
        if (throws) throw new Error('of a getter');
        return 'second';
      },
    });
    return list;
  }

  convertShared(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4) return;
    const refusal = this.refusal([{ handle, needs: 'shared' }]);
    const throws = c % 4 === 0;
    const sum = this.outcome(() => this.rust.convert_shared(handle.buffer, this.listWith(b, throws)), refusal ?? (throws ? 'ERR_LEND_TYPE' : null));
    if (refusal !== null) return;
    if (!throws) assert.equal(sum, handle.slot.bytes.reduce((one, other) => one + other, 0));
    this.model.endBorrow(handle.slot, 'call');
  }

  convertTake(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4 || this.handles.length >= MOST_HANDLES) return;
    const refusal = this.refusal([{ handle, needs: 'take' }]);
    const throws = c % 2 === 0;
    if (refusal === null) handle.state = 'taking';
    const result = this.outcome(() => this.rust.convert_take(handle.buffer, this.listWith(b, throws)), refusal ?? (throws ? 'ERR_LEND_TYPE' : null));
    if (refusal !== null) return;
    if (throws) handle.state = 'live';
    else this.movedBack(handle, result);
    this.model.endBorrow(handle.slot, 'call');
  }

  /** @param {any} handle @param {any} result The new buffer of the handle. */
  movedBack(handle, result) {
    handle.state = 'moved';
    this.add(result, handle.slot);
    handle.slot.js -= 1;
  }

  /** Passes an instance by value and frees it while the call has it. */
  nestInstance(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || this.depth >= 4) return;
    const held = this.pkg.Held.quiet();
    const refusal = this.refusal([{ handle, needs: 'shared' }]);
    const [throws, frees] = [c % 4 === 0 && !this.unwinds, c % 3 !== 0];
    const error = new Error('of the callback');
    if (refusal === null) this.count(1, 1);
    this.pkg.set_model_callback(() => {
      this.inside(b);
      if (frees) held.free();
      if (frees) this.count(-1, 0);
      this.check();
      if (throws) throw error;
    });
    const sum = this.outcome(() => this.rust.nest_instance(handle.buffer, held), refusal ?? (throws ? 'Error' : null));
    held.free();
    if (refusal !== null) return;
    this.count(frees ? 0 : -1, -1);
    if (!throws) assert.equal(sum, 10 + handle.slot.bytes.reduce((one, other) => one + other, 0));
    this.model.endBorrow(handle.slot, 'call');
  }

  /** @param {number} held @param {number} alive */
  count(held, alive) {
    this.instances.held += held;
    this.instances.alive += alive;
  }

  /** Keeps only the view of a buffer. */
  keepView(a) {
    const handle = this.pick(a);
    // A scope frees what was made in it.
    if (handle?.state !== 'live' || handle.slot.length === 0 || this.views.length >= MOST_VIEWS || this.scopes.length > 0 || this.depth > 0) return;
    this.views.push({ view: handle.buffer.view, slot: handle.slot });
    this.handles.splice(this.handles.indexOf(handle), 1);
  }

  /** Moves a buffer to Rust and back until the generations of its slot are reused. */
  moveALot(a, b, c) {
    const handle = this.pick(a);
    if (handle === undefined || c % 32 !== 0 || this.handles.length >= MOST_HANDLES) return;
    const refusal = this.refusal([{ handle, needs: 'take' }]);
    let { buffer } = handle;
    this.outcome(() => {
      for (let i = 0; i < MOVES; i++) buffer = this.rust.back(buffer);
    }, refusal);
    if (refusal !== null) return;
    this.movedBack(handle, buffer);
    this.model.endBorrow(handle.slot, 'call');
  }
}
