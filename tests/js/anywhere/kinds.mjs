// The kinds of argument of the outer function, and what foreign code can do with the same argument during the call.

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {() => any} make Makes an argument.
 * @property {(point: string, value: any, ...others: any[]) => any} call Calls the function for a point.
 * @property {number} total The result of the function.
 * @property {(value: any) => unknown} look A call that reads the same argument.
 * @property {((value: any) => unknown)} [free]
 * @property {(value: any) => unknown} move A call that takes the same argument by value.
 * @property {'call' | 'foreign code' | 'never moved' | 'nothing'} movedBy What moves the argument: this call and foreign code; foreign code
 *   alone; nothing, but foreign code may free it; nothing at all.
 * @property {boolean} [isMethod] It is the `this` of a method.
 * @property {boolean} [isArray] Freeing it means transferring its memory away.
 * @property {(value: any) => void} [end] Frees it at the end of the test.
 * @property {Record<string, number>} lost What the frames of the function own. An exception through them loses it.
 * @property {((value: any, promise: Promise<any>) => Promise<number>)} [later] A call that holds it until the promise settles.
 * @property {number} [laterTotal]
 */

const BYTES = [1, 2, 3, 4];
const SUM = 10;
/** The sum after a function with `&mut` has added 1 to each byte. */
const RAISED = 14;
const LONG = 'ä'.repeat(10_000);

const detach = (/** @type {Uint8Array} */ array) => void structuredClone(array.buffer, { transfer: [array.buffer] });
const free = (/** @type {any} */ value) => value.free();
const total = (/** @type {string} */ text) => new TextEncoder().encode(text).reduce((one, other) => one + other, 0);

/** @param {any} pkg @returns {Kind[]} */
export function kinds(pkg) {
  return /** @type {any} */ (listOf(pkg));
}

/** @param {any} pkg */
function listOf(pkg) {
  const { lend, Held, anywhere_later: later } = pkg;
  const readOnly = () => lend.createReadOnlyBuffer(Uint8Array.from(BYTES));
  const mutable = () => lend.createMutableBuffer(Uint8Array.from(BYTES));
  const plain = () => Uint8Array.from(BYTES);
  const nothing = {};
  /** @param {string} name A module of functions. */
  const of = (name) => ({
    call: (/** @type {string} */ point, /** @type {any[]} */ ...values) => pkg[`anywhere_${name}`][point](...values),
    look: pkg[`anywhere_${name}`].look,
  });
  const look = pkg.anywhere_shared.look;
  const buffer = { look, free, move: pkg.anywhere_take.look, end: free, lost: nothing, movedBy: 'foreign code' };
  const reads = { ...buffer, move: pkg.anywhere_keep.look, movedBy: 'never moved' };
  const array = { isArray: true, look, free: detach, move: pkg.anywhere_vec.look, lost: nothing, movedBy: 'nothing' };
  const instance = {
    make: Held.quiet,
    look: pkg.anywhere_class_ref.look,
    free,
    move: pkg.anywhere_class.look,
    end: free,
    lost: nothing,
    movedBy: 'foreign code',
  };
  const method = (/** @type {string} */ access) => ({
    ...instance,
    isMethod: true,
    look: (/** @type {any} */ value) => value.look_shared(),
    move: (/** @type {any} */ value) => value.look_owned(),
    call: (/** @type {string} */ point, /** @type {any} */ value, /** @type {any[]} */ ...others) => value[`${point}_${access}`](...others),
    later: (/** @type {any} */ value, /** @type {any} */ promise) => value[`later_${access}`](promise),
  });
  const text = { look: pkg.anywhere_text.look, move: pkg.anywhere_string.look, lost: nothing, movedBy: 'nothing' };
  const object = { make: () => ({ mark: 7 }), total: 7, look: pkg.anywhere_borrowed.look, move: pkg.anywhere_object.look, movedBy: 'nothing' };
  /** A buffer of four bytes that is lost: nothing holds a handle of it. */
  const lostBuffer = { buffers: 1, bytes: BYTES.length };
  return [
    { name: '`&[T]`, read-only buffer', ...of('shared'), ...reads, make: readOnly, total: SUM },
    { name: '`&[T]`, mutable buffer', ...of('shared'), ...buffer, make: mutable, total: SUM },
    { name: '`&[T]`, plain array', ...of('shared'), ...array, make: plain, total: SUM },
    { name: '`&mut [T]`, buffer', ...of('exclusive'), ...buffer, make: mutable, total: RAISED },
    { name: '`&mut [T]`, plain array', ...of('exclusive'), ...array, make: plain, total: RAISED },
    { name: '`Buffer<T>`, buffer', ...of('keep'), ...reads, make: readOnly, total: SUM, later: later.keep, lost: lostBuffer },
    { name: '`Buffer<T>`, plain array', ...of('keep'), ...array, make: plain, total: SUM, later: later.keep, lost: lostBuffer },
    { name: '`BufferMut<T>`, buffer', ...of('take'), ...buffer, make: mutable, total: SUM, movedBy: 'call', later: later.take, lost: lostBuffer },
    { name: '`BufferMut<T>`, plain array', ...of('take'), ...array, make: plain, total: SUM, later: later.take, lost: lostBuffer },
    { name: '`Vec<T>`, buffer', ...of('vec'), ...buffer, make: mutable, total: SUM, movedBy: 'call', later: later.vec },
    { name: '`Vec<T>`, plain array', ...of('vec'), ...array, make: plain, total: SUM, later: later.vec },
    { name: '`&Class`', ...of('class_ref'), ...instance, total: SUM },
    { name: '`&mut Class`', ...of('class_mut'), ...instance, total: RAISED },
    { name: '`Class`', ...of('class'), ...instance, total: SUM, movedBy: 'call', later: later.class },
    { name: '`&self`', ...method('shared'), total: SUM },
    { name: '`&mut self`', ...method('mut'), total: RAISED },
    { name: '`self`', ...method('owned'), total: SUM, movedBy: 'call' },
    { name: '`String`, short', ...of('string'), ...text, make: () => 'short', total: total('short'), later: later.string },
    { name: '`String`, long', ...of('string'), ...text, make: () => LONG, total: total(LONG), later: later.string },
    { name: '`&str`, short', ...of('text'), ...text, make: () => 'short', total: total('short') },
    { name: '`&str`, long', ...of('text'), ...text, make: () => LONG, total: total(LONG) },
    { name: '`JsObject`', ...of('object'), ...object, later: later.object, lost: { objects: 1 } },
    { name: "`JsRef<'_>`", ...of('borrowed'), ...object, lost: nothing },
  ];
}
