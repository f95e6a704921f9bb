// @ts-check
// Records: structs of Rust as elements of buffers, over the same memory.

import { packed } from './copies.js';
import { addRecord, arrays, forgetRecords, NUMBERS, Packed, rustNames, setPacker } from './elements.js';
import { describe, LendError, readingThrew } from './error.js';
import { keepers } from './handles.js';
import { whenReplaced } from './memory.js';
import { claim } from './names.js';
import { place } from './signatures.js';

/** @typedef {{ name: string, tag: number, offset: number, length: number }} Field */

/** Index: an element tag. Value: what the methods of DataView call the type, `Uint8` of `getUint8`. */
const viewNames = /* @__PURE__ */ NUMBERS.map(([, array]) => array.replace('Clamped', '').replace('Array', ''));

/** Wasm memory is little-endian, as are typed arrays on every machine that runs wasm. */
const LITTLE_ENDIAN = true;

const OF = Symbol('records');
const AT = Symbol('index');

/** The memory of the records. If memory has grown, that of their buffer now. @type {(records: RecordArray) => DataView} */
let dataOf;

/** The records of a buffer. Each type has a subclass with its fields. */
class RecordArray {
  #bytes;
  #data;
  #length;
  #owner;

  static {
    dataOf = (records) => records.live.#data;
  }

  /** @param {ArrayBuffer} memory @param {number} address @param {number} length @param {any} [owner] */
  constructor(memory, address, length, owner) {
    this.#bytes = new Uint8Array(memory, address, length * /** @type {any} */ (new.target).BYTES_PER_ELEMENT);
    this.#data = new DataView(memory, address, this.#bytes.length);
    this.#length = length;
    this.#owner = owner;
    if (owner !== undefined) keepers.set(this.#bytes, owner);
  }

  get bytes() {
    return this.#bytes;
  }

  /** 0 when memory has grown: the buffer makes another RecordArray then. Records of size 0 are never lost. */
  get length() {
    return this.#bytes.length === 0 && this.#type.BYTES_PER_ELEMENT !== 0 ? 0 : this.#length;
  }

  get buffer() {
    return this.#bytes.buffer;
  }

  get #type() {
    return /** @type {any} */ (this.constructor);
  }

  /** These records, or those of the same buffer if memory has grown. @returns {RecordArray} */
  get live() {
    return this.#owner === undefined ? this : this.#owner.view;
  }

  /** @param {number} index */
  at(index) {
    const { length } = this;
    const position = index < 0 ? length + Math.trunc(index) : Math.trunc(index);
    if (!(position >= 0 && position < length)) return undefined;
    const record = Object.create(this.#type.record.prototype);
    record[OF] = this;
    record[AT] = position;
    return record;
  }

  /** @param {string} name */
  column(name) {
    const { fields, record } = this.#type;
    const field = fields.find((/** @type {Field} */ field) => field.name === name);
    if (field === undefined) {
      const names = fields.map((/** @type {Field} */ field) => field.name).join(', ');
      throw new LendError('ERR_LEND_NAME', `column(): ${record.name} has no field '${name}': it has ${names}`);
    }
    return new Column(this, field, this.#type.BYTES_PER_ELEMENT);
  }

  toArray() {
    return Array.from(this, (record) => record.toJSON());
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }
}

/**
 * Packs plain objects into memory of their own. Their getters run.
 * @param {number} tag @param {any[]} objects
 * @param {() => string} what The call, for messages.
 */
function packAll(tag, objects, what) {
  const { BYTES_PER_ELEMENT: size, fields } = arrays[tag];
  // Read once: a getter may change it.
  const { length } = objects;
  const bytes = memoryFor(length, size, what);
  const data = new DataView(bytes.buffer);
  for (let i = 0; i < length; i++) {
    const object = objects[i];
    for (const field of fields) pack(data, i * size + field.offset, field, object?.[field.name], () => `${what()}: [${i}].${field.name}`);
  }
  return new Packed(tag, length, bytes);
}

/** @param {number} length @param {number} size @param {() => string} what */
function memoryFor(length, size, what) {
  try {
    return new Uint8Array(length * size);
  } catch (cause) {
    throw new LendError('ERR_LEND_OOM', `${what()}: no memory for ${length * size} bytes`, { cause });
  }
}

/** One field of every record: `array[offset + i * stride]` is the field of record `i`, if the field is aligned. */
class Column {
  #records;
  #field;
  #size;

  /** @param {RecordArray} records @param {Field} field @param {number} size */
  constructor(records, field, size) {
    this.#records = records;
    this.#field = field;
    this.#size = size;
  }

  get length() {
    return this.#records.live.length;
  }

  /** The typed array over all records. `offset` and `stride` count in its elements. Ask for it again after each call. */
  get array() {
    const { bytes } = this.#records.live;
    const { BYTES_PER_ELEMENT } = arrays[this.#field.tag];
    const keeper = keepers.get(bytes);
    if (this.#size % BYTES_PER_ELEMENT !== 0 || bytes.byteOffset % BYTES_PER_ELEMENT !== 0) {
      throw new LendError('ERR_LEND_TYPE', `column(): '${this.#field.name}' is not aligned; read it by get(i)`);
    }
    const array = new arrays[this.#field.tag](bytes.buffer, bytes.byteOffset, bytes.length / BYTES_PER_ELEMENT);
    if (keeper !== undefined) keepers.set(array, keeper);
    return array;
  }

  get offset() {
    return this.#field.offset / arrays[this.#field.tag].BYTES_PER_ELEMENT;
  }

  get stride() {
    return this.#size / arrays[this.#field.tag].BYTES_PER_ELEMENT;
  }

  /** @param {number} index */
  get(index) {
    return this.#records.live.at(index)?.[this.#field.name];
  }

  /** @param {number} index @param {any} value */
  set(index, value) {
    const record = this.#records.live.at(index);
    if (record === undefined) throw new LendError('ERR_LEND_RANGE', `set(): there is no record ${describe(index)}, but ${this.length}`);
    record[this.#field.name] = value;
  }

  toArray() {
    return Array.from({ length: this.length }, (_, i) => this.get(i));
  }
}

/** @param {DataView} data @param {number} at @param {Field} field */
function unpack(data, at, { tag, length }) {
  const read = /** @type {any} */ (data)[`get${viewNames[tag]}`];
  if (length === 0) return read.call(data, at, LITTLE_ENDIAN);
  const start = data.byteOffset + at;
  return new arrays[tag](data.buffer.slice(start, start + length * arrays[tag].BYTES_PER_ELEMENT));
}

/** @param {DataView} data @param {number} at @param {Field} field @param {any} value @param {() => string} what */
function pack(data, at, { tag, length }, value, what) {
  const write = /** @type {any} */ (data)[`set${viewNames[tag]}`];
  const size = arrays[tag].BYTES_PER_ELEMENT;
  if (length === 0) {
    check(tag, value, what);
    write.call(data, at, value, LITTLE_ENDIAN);
    return;
  }
  if (value?.length !== length) {
    throw new LendError('ERR_LEND_TYPE', `${what()} takes ${length} numbers; got ${describe(value)}`);
  }
  for (let i = 0; i < length; i++) {
    const number = value[i];
    check(tag, number, () => `${what()}[${i}]`);
    write.call(data, at + i * size, number, LITTLE_ENDIAN);
  }
}

/** @param {number} tag @param {unknown} value @param {() => string} what */
function check(tag, value, what) {
  const type = tag === 6 || tag === 7 ? 'bigint' : 'number';
  if (typeof value !== type) {
    throw new LendError('ERR_LEND_TYPE', `${what()} takes a ${type === 'number' ? type : 'BigInt'}; got ${describe(value)}`);
  }
  // The value has to stay the same in an array of the type. Floats may be rounded.
  if (tag === 8 || tag === 9) return;
  const [same] = new arrays[tag]([value]);
  if (same !== value) throw new LendError('ERR_LEND_RANGE', `${what()} takes what fits into ${rustNames[tag]}; got ${describe(value)}`);
}

/**
 * Gives the class of a record its accessors, and the element tag an array.
 * @param {any} record @param {number} tag @param {number} size @param {string} description `name:tag:offset:length`, … @param {string} crate
 */
export function defineRecord(record, tag, size, description, crate) {
  setPacker(packAll);
  whenReplaced(forgetRecords);
  claim(record.name, `the record of the crate \`${crate}\``);
  const fields = description.split(',').filter(Boolean).map((text) => {
    const [name, tag, offset, length] = text.split(':');
    return { name, tag: Number(tag), offset: Number(offset), length: Number(length) };
  });
  for (const field of fields) {
    const what = () => `${record.name}.${field.name}`;
    Object.defineProperty(record.prototype, field.name, {
      enumerable: true,
      configurable: true,
      get() {
        return unpack(dataOf(this[OF]), this[AT] * size + field.offset, field);
      },
      set(value) {
        pack(dataOf(this[OF]), this[AT] * size + field.offset, field, value, what);
      },
    });
  }
  /** @this {any} */
  const toJSON = function () {
    return Object.fromEntries(fields.map(({ name }) => [name, this[name]]));
  };
  Object.defineProperty(record.prototype, 'toJSON', { value: toJSON, configurable: true });
  Object.defineProperty(record.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: toJSON, configurable: true });
  // Frozen, because users can reach it by a view's `constructor`.
  const array = Object.freeze(class extends RecordArray {
    static BYTES_PER_ELEMENT = size;
    static record = record;
    static fields = fields;
  });
  addRecord(record, tag, array, record.name);
}

/**
 * Packs a plain Array of objects as records. Any other value is returned as it is. A shim does it first, since it runs getters.
 * @param {any} value @param {number} tag @param {import('./signatures.js').About} about @param {number} index
 */
export function packArgument(value, tag, about, index) {
  try {
    return packed(value, tag, () => place(about, index));
  } catch (error) {
    const where = place(about, index);
    // An error that starts otherwise is of a call that a getter has made.
    throw error instanceof LendError && error.message.startsWith(where) ? error : readingThrew(where, error);
  }
}
