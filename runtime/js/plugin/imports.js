// @ts-check
// The functions of the runtime that a plugin imports: those of `runtime/src/plugin/js.rs`. Values cross by index, strings by address and length.
// Most functions are the host's own.

import * as calls from '../calls.js';
import { instanceHandle, instanceMoved, instanceState, newInstance } from '../classes.js';
import { closureEnded, closureError, exportClosureOf } from '../closures.js';
import { bufferState, copyElements, copyOf, handleOf, holdBuffer, letGoOfBuffer, mutableBuffer, readOnlyBuffer } from '../elementValues.js';
import { heap } from '../heap.js';
import { lendInstances } from '../lentInstances.js';
import { wasm } from '../memory.js';
import { at, disown, own } from '../objects.js';
import * as operations from '../operations.js';
import { explain } from '../explain.js';
import { dropsPending, runDrops } from '../pendingDrops.js';
import { wordsOfPanic } from '../poison.js';
import { fail, refuse, refuseInResult } from '../refusal.js';
import { makeError, outOfMemory, throwOutOfMemory } from '../rustErrors.js';
import { nameHolder } from '../refusalErrors.js';
import { released } from '../release.js';
import { decode } from '../text.js';
import { giveValue, takeValue } from '../values.js';

/** @param {number} address @param {number} length */
const text = (address, length) => decode(address >>> 0, length >>> 0);

const toList = (/** @type {any} */ value) => (Array.isArray(value) ? value : ArrayBuffer.isView(value) ? Array.from(/** @type {any} */ (value)) : undefined);

/** The functions that are the same for every plugin. */
const common = {
  released,
  drops_pending: dropsPending,
  run_drops: runDrops,
  refuse,
  explain: (/** @type {number} */ address, /** @type {number} */ length, /** @type {number} */ code, /** @type {number} */ cause) => explain(text(address, length), code, at(cause)),
  name_holder: nameHolder,
  refuse_in_result: refuseInResult,

  object_drop: disown,
  lend_instances: lendInstances,
  object_type: operations.typeOf,
  object_is_function: operations.isFunction,
  object_is_array: operations.isArray,
  object_get: operations.get,
  object_get_index: operations.getIndex,
  object_get_by: operations.getBy,
  object_set: operations.set,
  object_set_index: operations.setIndex,
  object_has: operations.has,
  object_delete: operations.remove,
  object_keys: operations.keys,
  object_constructor: operations.constructorOf,
  object_instance_of: operations.instanceOf,
  object_number: operations.number,
  object_bool: operations.bool,
  object_string: operations.string,
  object_to_number: operations.toNumber,
  object_to_bool: operations.toBool,
  object_to_text: operations.toText,
  object_equals: operations.equals,
  object_is_same: operations.isSame,
  object_describe: operations.describeObject,
  object_display: operations.display,
  object_on_release: operations.onCollected,
  object_new: operations.newObject,
  object_of: operations.objectOf,
  object_clone: operations.clone,
  object_list(/** @type {number} */ index) {
    const list = toList(at(index));
    return list === undefined ? -1 : own(list);
  },

  take_thrown: calls.takeThrown,
  callback_failed: (/** @type {number} */ address, /** @type {number} */ length, /** @type {number} */ index) => calls.callbackFailed(text(address, length), index),
  callback_refused: (
    /** @type {number} */ address, /** @type {number} */ length, /** @type {number} */ index,
    /** @type {number} */ message, /** @type {number} */ messageLength, /** @type {number} */ code,
  ) => calls.callbackRefused(text(address, length), index, text(message, messageLength), code),
  call0: calls.call0,
  call1: calls.call1,
  call2: calls.call2,
  call3: calls.call3,
  call4: calls.call4,
  call5: calls.call5,
  call6: calls.call6,
  call_many: calls.callMany,
  parameter_error: (/** @type {number} */ address, /** @type {number} */ length, /** @type {number} */ code) => own(calls.parameterError(text(address, length), code)),

  function_ended: (/** @type {number} */ index) => Number(closureEnded(index)),
  closure_error: (/** @type {number} */ code, /** @type {number} */ address, /** @type {number} */ length) => own(closureError(code, text(address, length))),
  make_error: (/** @type {number} */ address, /** @type {number} */ length, /** @type {number} */ cause) => own(makeError(text(address, length), at(cause))),
  out_of_memory: (/** @type {number} */ address, /** @type {number} */ length) => own(outOfMemory(text(address, length))),
  throw_out_of_memory: (/** @type {number} */ address, /** @type {number} */ length) => throwOutOfMemory(text(address, length)),
  take_value: (/** @type {number} */ place) => own(takeValue(place)),
  give_value: (/** @type {number} */ index) => giveValue(at(index)),
  fail: (/** @type {number} */ index) => fail(at(index), true),

  buffer_state: (/** @type {number} */ index) => bufferState(at(index)),
  hold_buffer: (/** @type {number} */ index, /** @type {number} */ handle) => Number(holdBuffer(at(index), handle)),
  let_go_of_buffer: (/** @type {number} */ index, /** @type {number} */ handle, /** @type {number} */ wasMoved) => letGoOfBuffer(at(index), handle, wasMoved),
  handle_of: (/** @type {number} */ index) => handleOf(at(index)),
  copy_of: (/** @type {number} */ index, /** @type {number} */ tag) => copyOf(at(index), tag),
  copy_elements: (/** @type {number} */ address, /** @type {number} */ length, /** @type {number} */ tag) => own(copyElements(address >>> 0, length, tag)),
  read_only_buffer: (/** @type {number} */ handle, /** @type {number} */ tag) => own(readOnlyBuffer(handle, tag)),
  mutable_buffer: (/** @type {number} */ handle, /** @type {number} */ tag) => own(mutableBuffer(handle, tag)),
  instance_handle: (/** @type {number} */ index, /** @type {number} */ tag) => instanceHandle(at(index), tag),
  instance_state: (/** @type {number} */ index, /** @type {number} */ tag) => instanceState(at(index), tag),
  instance_moved: (/** @type {number} */ index, /** @type {number} */ tag) => instanceMoved(at(index), tag),
  new_instance: (/** @type {number} */ handle, /** @type {number} */ tag) => own(newInstance(handle, tag)),

  bigint_new: (/** @type {bigint} */ low, /** @type {bigint} */ high, /** @type {number} */ isSigned) =>
    own(isSigned ? (high << 64n) | BigInt.asUintN(64, low) : (BigInt.asUintN(64, high) << 64n) | BigInt.asUintN(64, low)),
  bigint_get(/** @type {number} */ index, /** @type {number} */ size, /** @type {number} */ isSigned, /** @type {number} */ address) {
    const value = at(index);
    if ((isSigned ? BigInt.asIntN(size, value) : BigInt.asUintN(size, value)) !== value) return 0;
    const halves = heap(6);
    halves[address >>> 3] = BigInt.asUintN(64, value);
    halves[(address >>> 3) + 1] = BigInt.asUintN(64, value >> 64n);
    return 1;
  },
};

/**
 * @param {{ panicked: (words: string) => never, refuseEnded: () => void, owner: import('../closures.js').Owner }} plugin
 * @returns {Record<string, Function>} Its imports from `wasm-lend`.
 */
export const importsOf = ({ panicked, refuseEnded, owner }) => ({
  ...common,
  lend_invoke_drop: wasm.lend_invoke_drop,
  lend_invoke_note: wasm.lend_invoke_note,
  lend_memory_alloc: wasm.lend_memory_alloc,
  lend_memory_alloc_zeroed: wasm.lend_memory_alloc_zeroed,
  lend_memory_realloc: wasm.lend_memory_realloc,
  lend_memory_dealloc: wasm.lend_memory_dealloc,
  /** @param {number} message @param {number} length @param {number} file @param {number} fileLength @param {number} line @param {number} column */
  panicked: (message, length, file, fileLength, line, column) => panicked(wordsOfPanic(text(message, length), text(file, fileLength), line, column)),
  refuse_ended: refuseEnded,
  closure_new: (/** @type {number} */ id) => exportClosureOf(owner, id),
});
