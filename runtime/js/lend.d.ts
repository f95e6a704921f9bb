type LendGlobal<Name extends string> = typeof globalThis extends { [N in Name]: { prototype: infer A } } ? A : any;
// The type above: a class of the browser or of Node by its name, or `any` where TypeScript does not know it.

/** The typed arrays that give access to a buffer. */
export type LendArray =
  | Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array
  | BigUint64Array | BigInt64Array | Float32Array | Float64Array | Uint8ClampedArray | LendFloat16Array;

/** Half floats: a `Float16Array` if the engine has it, else a `Uint16Array` of their bits. */
export type LendFloat16Array = typeof globalThis extends { Float16Array: { prototype: infer A } } ? A : Uint16Array;

/** The error that wasm-lend throws. `code` is stable. The message names the function, the argument, what it takes and what it got. */
export class LendError extends Error {
  readonly name: 'LendError';
  readonly code:
    /** Not what the argument takes: another type, another element type, or a read-only buffer. */
    | 'ERR_LEND_TYPE'
    /** Of the right type, but out of range or of a length that does not fit. */
    | 'ERR_LEND_RANGE'
    /** The buffer, instance or closure was freed, or its callback has returned. */
    | 'ERR_LEND_RELEASED'
    /** The buffer or instance was moved into Rust or to another thread, or the buffer was frozen; or the token was received before. */
    | 'ERR_LEND_MOVED'
    /** A running call, or Rust, holds the buffer or instance. */
    | 'ERR_LEND_BORROWED'
    /** Two arguments of one call share memory, and the call needs one of them for itself. */
    | 'ERR_LEND_ALIASED'
    /** The buffer or instance belongs to another package, or to another copy of this one; or the token to another memory. */
    | 'ERR_LEND_FOREIGN'
    /** No memory, or no handle, is left. */
    | 'ERR_LEND_OOM'
    /** Rust has panicked or trapped in this call, or the stack has overflowed. `cause` has the engine's error. */
    | 'ERR_LEND_PANIC'
    /** Rust has panicked or trapped in an earlier call, or the stack has overflowed. This instance cannot be used any more. */
    | 'ERR_LEND_POISONED'
    /** The package was used before `init()` had finished, or a worker could not start it. */
    | 'ERR_LEND_UNINITIALIZED'
    /** No function or field has this name, the number of parameters is wrong, or two exports have one name. */
    | 'ERR_LEND_NAME'
    /** It belongs to an instance that has ended, because the package was started again. */
    | 'ERR_LEND_INSTANCE'
    /** A plugin cannot be loaded or unloaded. */
    | 'ERR_LEND_PLUGIN'
    /** JavaScript has written to a read-only buffer. Only builds with checks look. */
    | 'ERR_LEND_CHANGED';
}

/** The records of a buffer, over the same memory: structs of Rust that derive `Record`. */
export interface RecordArray<R> extends Iterable<R> {
  /** In records. */
  readonly length: number;
  /** The bytes of all records. */
  readonly bytes: Uint8Array;
  /** A record, whose properties read and write the memory. Negative indices count from the end. O(1). */
  at(index: number): R | undefined;
  /** One field of every record. O(1). Throws `ERR_LEND_NAME` if no field has the name. */
  column<K extends keyof R & string>(field: K): RecordColumn<R[K]>;
  /** A copy of all records as plain objects. */
  toArray(): R[];
}

/** One field of every record. */
export interface RecordColumn<F> {
  /** In records. */
  readonly length: number;
  /**
   * A typed array over all records: the field of record `i` is `array[offset + i * stride]`. O(1).
   *
   * Ask for it again after each call. Throws `ERR_LEND_TYPE` if the field is not aligned for its type in every record.
   */
  readonly array: F extends bigint ? BigUint64Array | BigInt64Array : LendArray;
  /** Of the first record's field, in elements of `array`. */
  readonly offset: number;
  /** From record to record, in elements of `array`. */
  readonly stride: number;
  /** The field of a record. Negative indices count from the end. */
  get(index: number): F | undefined;
  /**
   * Sets the field of a record. Throws `ERR_LEND_RANGE` if there is no such record or the type of the field does not have the number, and
   * `ERR_LEND_TYPE` for a value of another type.
   */
  set(index: number, value: F): void;
  /** A copy of the field of every record. */
  toArray(): F[];
}

declare const recordType: unique symbol;
/** The class of a record, for calls such as `lend.alloc(Particle, 1000)`. */
export interface RecordType<R> {
  readonly name: string;
  readonly prototype: R;
  readonly [recordType]?: R;
}

/** The elements of a buffer: a typed array, or records. */
export type LendElements = LendArray | RecordArray<any>;

/** Rust's names of numbers, in place of typed arrays: `lend.alloc('f16', 8)`. */
export type LendElementName =
  | 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f32' | 'f64' | 'Clamped<u8>' | 'f16';

/** What may be passed in place of a buffer of bytes: an array of them, or what has them. Of any other array: the array. */
export type LendBytes<A> = A extends Uint8Array | Uint8ClampedArray ? Uint8Array | Uint8ClampedArray | ArrayBuffer | DataView : A;

/** What may be passed in place of a buffer that is only read: a typed array, or an Array of numbers, which are checked one by one. */
export type LendInput<A> = LendBytes<A> | ReadonlyArray<A extends BigInt64Array | BigUint64Array ? bigint : number>;

/** The array over an ArrayBuffer. TypeScript 5.7 and newer distinguish it from one over a SharedArrayBuffer, which `ImageData`, `Blob` and `fetch` do not take. */
type LendPlain<A> =
  A extends Uint8ClampedArray ? ReturnType<Uint8ClampedArrayConstructor['of']>
  : A extends Uint8Array ? ReturnType<Uint8ArrayConstructor['of']>
  : A extends Int8Array ? ReturnType<Int8ArrayConstructor['of']>
  : A extends Uint16Array ? ReturnType<Uint16ArrayConstructor['of']>
  : A extends Int16Array ? ReturnType<Int16ArrayConstructor['of']>
  : A extends Uint32Array ? ReturnType<Uint32ArrayConstructor['of']>
  : A extends Int32Array ? ReturnType<Int32ArrayConstructor['of']>
  : A extends BigUint64Array ? ReturnType<BigUint64ArrayConstructor['of']>
  : A extends BigInt64Array ? ReturnType<BigInt64ArrayConstructor['of']>
  : A extends Float32Array ? ReturnType<Float32ArrayConstructor['of']>
  : A extends Float64Array ? ReturnType<Float64ArrayConstructor['of']>
  : A;

/** For `using`, if the library of types has it (`esnext.disposable`). */
type LendDisposable = SymbolConstructor extends { readonly dispose: infer S extends symbol } ? { [K in S]: () => void } : {};

type ElementOf<A> = A extends RecordArray<infer R> ? R : A extends { [index: number]: infer N } ? N : never;

/**
 * The members of both kinds of buffers. On a buffer that has ended, all but `freed`, `moved`, `free()` and `toString()` throw: `ERR_LEND_RELEASED`
 * when it was freed, `ERR_LEND_MOVED` when it was moved or frozen. A temporary buffer, which a callback gets, ends when the callback returns;
 * until then its methods that need more than the elements throw `ERR_LEND_BORROWED`.
 */
interface LentBuffer<A extends LendElements> extends LendDisposable {
  /**
   * The elements, over the same memory that Rust sees. O(1).
   *
   * It is the same object until wasm memory grows, then a new one: ask for it again after each call instead of keeping it. (In a build with shared
   * memory it stays the same.)
   * `view.buffer` is all of wasm memory, and `view.byteOffset` is the place of the elements in it. So pass on the view or a copy, not
   * `view.buffer`. While a call borrows the buffer for writing, the elements are the call's.
   *
   * As long as the view can be reached, the buffer is not garbage-collected. A `view.subarray()`, or another array over `view.buffer`, does
   * not keep the buffer: keep the buffer or the view beside it.
   */
  readonly view: LendView<A>;
  /** In elements. O(1). */
  readonly length: number;
  /** In bytes. O(1). */
  readonly byteLength: number;
  /** True if `free()` was called. */
  readonly freed: boolean;
  /** True if Rust owns the buffer, which it does from the start of the call that takes it; or if the buffer was frozen. */
  readonly moved: boolean;
  /** An element. Negative indices count from the end. A record stays valid when memory grows. O(1). */
  at(index: number): ElementOf<A> | undefined;
  /** A copy of all elements, records as plain objects. */
  toArray(): ElementOf<A>[];
  /**
   * The elements over an `ArrayBuffer` of their own: a typed array of the type of `view`, or records. One copy. It does not change with the buffer.
   *
   * For functions that refuse views of shared memory: `crypto.subtle.digest('SHA-256', buf.copy())`. Of records pass on `buf.copy().bytes`.
   */
  copy(): LendPlain<A>;
  /**
   * An `ImageData` of the bytes: 4 elements are a pixel, in the order red, green, blue, alpha. `width` is in pixels, and the height follows from it.
   * One copy: `context.putImageData(buf.toImageData(640), 0, 0)`.
   *
   * For elements of a `Uint8Array` or `Uint8ClampedArray`. Of others: `buf.as(Uint8Array).toImageData(width)`. Throws `ERR_LEND_TYPE` for other
   * elements, for a width that is no number, or on a host without `ImageData`; and `ERR_LEND_RANGE` if the elements are not one or more whole rows.
   */
  toImageData(this: { readonly view: Uint8Array | Uint8ClampedArray }, width: number): LendGlobal<'ImageData'>;
  /**
   * A `Blob` of the bytes of all elements, of any type. One copy: `link.href = URL.createObjectURL(buf.toBlob({ type: 'image/png' }))`.
   *
   * Throws `ERR_LEND_TYPE` on a host without `Blob`.
   */
  toBlob(options?: { type?: string; endings?: 'transparent' | 'native' }): LendGlobal<'Blob'>;
  /** One field of every record. O(1). Throws `ERR_LEND_TYPE` for a buffer of numbers, `ERR_LEND_NAME` if no field has the name. */
  column<K extends keyof ElementOf<A> & string>(
    this: { readonly view: RecordArray<any> },
    field: K,
  ): RecordColumn<ElementOf<A>[K]>;
  /** The lengths of the axes: `[length]`, unless `reshape` or Rust's ndarray has made another shape. */
  readonly shape: number[];
  /** By axis: the distance between neighbours, in elements. */
  readonly strides: number[];
  /** The number of references to the memory: buffers in Rust, sub-buffers, and 1 for JavaScript. */
  readonly holders: number;
  /**
   * Calls `listener` once, when the memory is released because the last reference on either side has ended: at the end of `free()`, or soon
   * after the call in which Rust has dropped it. Returns this buffer. Throws `ERR_LEND_TYPE` for anything but a function.
   */
  onRelease(listener: () => void): this;
  /** Keeps the buffer when its `lend.scope` ends. Returns this buffer. */
  keep(): this;
  /**
   * Ends JavaScript's hold on the memory now. Garbage collection does the same at some later time. O(1).
   *
   * The memory is released when the last reference on either side has ended and no call borrows it. Does nothing if the buffer was freed or moved
   * before. Throws `ERR_LEND_MOVED` while a call is taking it.
   */
  free(): void;
  /** Iterates over the elements: `new Uint8Array(buffer)`, `Array.from(buffer)`, `for … of`. */
  [Symbol.iterator](): IterableIterator<ElementOf<A>>;
  /** A copy of the elements, for `JSON.stringify`. */
  toJSON(): ElementOf<A>[];
}

/** Memory that Rust and JavaScript both hold, and that neither changes. It is Rust's `Buffer<T>`. */
export class ReadOnlyBuffer<A extends LendElements> {
  private constructor();
  private readonly __kind: 'ReadOnlyBuffer';
}
export interface ReadOnlyBuffer<A extends LendElements> extends LentBuffer<A> {
  /**
   * A buffer over the elements from `begin` up to, but not including, `end`. They are counted as in `subarray` of typed arrays: negative ones from the
   * end, and never past it. It shares the memory, and keeps it. O(1). Throws `ERR_LEND_OOM` if no handle is left.
   */
  subarray(begin?: number, end?: number): ReadOnlyBuffer<A>;
  /** A buffer over the same bytes, with another element type. O(1). Throws `ERR_LEND_TYPE` for an unknown type, `ERR_LEND_RANGE` if length or address do not fit. */
  as<B extends LendArray>(type: ArrayConstructorOf<B>): ReadOnlyBuffer<B>;
  as<R>(type: RecordType<R>): ReadOnlyBuffer<RecordArray<R>>;
  as(type: LendElementName): ReadOnlyBuffer<any>;
  /** A buffer over the same elements with several axes, row by row. O(1). Throws `ERR_LEND_TYPE` for bad lengths, `ERR_LEND_RANGE` if their product is not `length`. */
  reshape(lengths: readonly number[]): ReadOnlyBuffer<A>;
}

/** Memory with one owner, which is JavaScript now. Passing the buffer as `BufferMut<T>` or `Vec<T>` moves it into Rust. */
export class MutableBuffer<A extends LendElements> {
  private constructor();
  private readonly __kind: 'MutableBuffer';
  /**
   * Makes the memory read-only. Returns a new buffer over it, and ends this one. O(1). Throws `ERR_LEND_BORROWED` while a call or Rust holds the
   * buffer, `ERR_LEND_OOM` if no handle is left.
   */
  freeze(): ReadOnlyBuffer<A>;
}
export interface MutableBuffer<A extends LendElements> extends LentBuffer<A> {
  /**
   * A buffer over the elements from `begin` up to, but not including, `end`. They are counted as in `subarray` of typed arrays: negative ones from the
   * end, and never past it. It shares the memory, and keeps it. A call may write to two that do not overlap. O(1). Throws `ERR_LEND_OOM` if no
   * handle is left.
   */
  subarray(begin?: number, end?: number): MutableBuffer<A>;
  /** A buffer over the same bytes, with another element type. O(1). Throws `ERR_LEND_TYPE` for an unknown type, `ERR_LEND_RANGE` if length or address do not fit. */
  as<B extends LendArray>(type: ArrayConstructorOf<B>): MutableBuffer<B>;
  as<R>(type: RecordType<R>): MutableBuffer<RecordArray<R>>;
  as(type: LendElementName): MutableBuffer<any>;
  /** A buffer over the same elements with several axes, row by row. O(1). Throws `ERR_LEND_TYPE` for bad lengths, `ERR_LEND_RANGE` if their product is not `length`. */
  reshape(lengths: readonly number[]): MutableBuffer<A>;
}

/** A buffer of any kind and element type. */
export type AnyBuffer = ReadOnlyBuffer<any> | MutableBuffer<any>;

/** What `lend.loadPlugin` takes: bytes, the place of the file, a response with it, or a module. */
export type LendPluginSource = ArrayBuffer | ArrayBufferView | WebAssembly.Module | Response | URL | string;

export interface LendPluginOptions {
  /** Its name in messages, in `lend.stats()` and for plugins that import from it. By default the name of its crate. */
  name?: string;
  /** The module `….shims.js` that was built with the plugin, for pages whose Content-Security-Policy has no `'unsafe-eval'`. */
  shims?: object;
}

export interface LendPlugin extends LendDisposable {
  /**
   * Releases its memory and its places in the function table. Throws `ERR_LEND_PLUGIN` with a list while something of it is in use: buffers and
   * instances that it has made, closures, running calls, other plugins that import from it. Throws `ERR_LEND_RELEASED` the second time.
   */
  unload(): void;
}

/** What is alive of a module: of the package (`host`), or of a plugin. */
export interface LendModule {
  name: string;
  /** The number of buffers, sub-buffers and instances that it has made. */
  buffers: number;
  /** The size of their memory, in bytes. */
  bytes: number;
  /** Of a plugin: the number of its closures that JavaScript can call. */
  closures?: number;
  /** Of a plugin: the place of its data in memory, in bytes. */
  data?: { offset: number; length: number };
  /** Of a plugin: its places in the function table. */
  table?: { offset: number; length: number };
}

/** The argument of the function in `lend.scope`. */
export interface LendScope {
  /** Lets the scope free a buffer or instance that was not made in it. Returns it. Throws `ERR_LEND_TYPE` for anything else. */
  add<B extends { free(): void }>(held: B): B;
  /** Runs a function in the scope: for the code of an `async` function after an `await`. */
  run<T>(f: () => T): T;
}

/** A buffer or instance that is alive. */
export interface LendLeak {
  /** `ReadOnlyBuffer`, `MutableBuffer`, or the name of the class. */
  kind: string;
  /** The name of the typed array, record or class. */
  type: string;
  /** In elements; 0 of an instance. */
  length: number;
  /** The number of references. */
  holders: number;
  /** The stack that has made it, in builds with checks. */
  stack: string | undefined;
}

/** An iterator of Rust. It is dropped after its last element, when a loop is left, by `free()`, or by garbage collection. */
export interface LendIterator<T> extends IterableIterator<T>, LendDisposable {
  free(): void;
}

/** A stream of Rust. It is dropped as a `LendIterator` is. Steps that are requested at once run one after the other. */
export interface LendAsyncIterator<T> extends AsyncIterableIterator<T>, LendDisposable {
  free(): void;
}

declare const sharedBuffer: unique symbol;
/** What `lend.share` returns: a plain object, which can be posted to a worker. It works once. */
export interface LendToken<B extends AnyBuffer = AnyBuffer> {
  readonly $lend: number;
  readonly [sharedBuffer]?: B;
}

/** A `Worker` of the browser or of Node. */
export interface LendWorker {
  postMessage(message: any, transfer: any): void;
}

export interface LendJoinOptions {
  /** The size of the thread's stack in bytes, a multiple of 65536. By default 1 MiB. */
  stackSize?: number;
}

/** A worker that has joined. */
export interface LendThread {
  /** Its number, from 2 on. 0 if the worker has a memory of its own. */
  readonly number: number;
  /** True if the worker shares this memory. */
  readonly isShared: boolean;
  /**
   * Has the worker give back what its thread holds: buffers, instances, stack, thread-local memory. The package cannot be used there any more.
   * Resolves when that is done. Call it before `worker.terminate()`.
   */
  leave(): Promise<void>;
}

/** The options of a call that runs on a worker. They are its last argument, and may be left out. */
export interface LendJobOptions<P = never> {
  /**
   * Ends the call: the promise is rejected with the signal's reason. A call that waits ends at once. A call that runs ends when its function asks, by
   * `wasm_lend::worker::check()`, or has returned; without shared memory its worker is ended at once.
   */
  signal?: AbortSignal;
  /** Calls in the background wait for all others. `'user'` if left out. */
  priority?: 'user' | 'background';
  /** Hears how far the call is, if its function reports that. It may miss reports, but never the last one. */
  onProgress?: (progress: P) => void;
}

export interface LendPoolOptions {
  /** The most workers that there may be. 0, or left out: one for each core. They start when calls need them. */
  size?: number;
  /** How long a worker waits for another call before it ends, in milliseconds. 10,000 if left out. */
  idle?: number;
  /** How many calls may wait for a worker before `room()` waits. 64 if left out. */
  queue?: number;
  /**
   * Makes a worker whose script calls `lend.serve(init)`. An app that is bundled needs it:
   * `() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })`.
   */
  worker?: () => LendWorker | Promise<LendWorker>;
}

/** The workers that run calls of `#[export(worker)]`. */
export interface LendPool {
  /** The most workers that there may be. */
  readonly size: number;
  /** The workers that there are. */
  readonly running: number;
  /** Those of them that wait for a call. */
  readonly idle: number;
  /** The calls of this thread that have not settled. */
  readonly pending: number;
  /**
   * Waits until fewer than `queue` calls wait for a worker. No call is refused, so whoever makes very many of them awaits it before each:
   * `await pool.room(); results.push(blur(image))`.
   */
  room(): Promise<void>;
  /** Ends the workers, when they have no more calls. A later call starts them again. */
  close(): Promise<void>;
}

/** For Comlink: `Comlink.transferHandlers.set('lend', lend.transferHandler)` on both sides. Then buffers are arguments and results of remote calls. */
export interface LendTransferHandler {
  canHandle(value: unknown): value is AnyBuffer;
  serialize(buffer: AnyBuffer): [LendToken, any[]];
  deserialize(token: any): any;
}

/** A parameter or result of a call by name. */
export type LendParam = any;

type ArrayConstructorOf<A extends LendArray> = { new (length: number): A; readonly BYTES_PER_ELEMENT: number };

/** Before the package has started, functions that need its instance throw `ERR_LEND_UNINITIALIZED`. */
export const lend: {
  /** A new buffer with the elements of `array`, which stays as it is. One copy. Throws `ERR_LEND_TYPE`, or `ERR_LEND_OOM` without memory. */
  createReadOnlyBuffer<A extends LendArray>(array: A): ReadOnlyBuffer<A>;
  /** A new buffer with the elements of `array`, which stays as it is. One copy. Throws `ERR_LEND_TYPE`, or `ERR_LEND_OOM` without memory. */
  createMutableBuffer<A extends LendArray>(array: A): MutableBuffer<A>;
  /** A new buffer of records with the fields of plain objects. One copy. Throws `ERR_LEND_RANGE` too, for numbers that a field does not have. */
  createReadOnlyBuffer<R>(type: RecordType<R>, records: readonly R[]): ReadOnlyBuffer<RecordArray<R>>;
  /** A new buffer of records with the fields of plain objects. One copy. Throws `ERR_LEND_RANGE` too, for numbers that a field does not have. */
  createMutableBuffer<R>(type: RecordType<R>, records: readonly R[]): MutableBuffer<RecordArray<R>>;
  /** A new buffer of `length` zeros: `lend.alloc(Float32Array, 1024)`. Throws `ERR_LEND_TYPE`, `ERR_LEND_RANGE`, or `ERR_LEND_OOM` without memory. */
  alloc<A extends LendArray>(type: ArrayConstructorOf<A>, length: number): MutableBuffer<A>;
  /** A new buffer of `length` records whose bytes are zero: `lend.alloc(Particle, 1000)`. */
  alloc<R>(type: RecordType<R>, length: number): MutableBuffer<RecordArray<R>>;
  /** A new buffer of `length` zeros: `lend.alloc('f16', 1024)`. */
  alloc(type: LendElementName, length: number): MutableBuffer<any>;
  /**
   * Frees the buffers and instances that were made while `f` ran. What `f` returns is not freed, alone or in arrays, plain objects, `Map`s and
   * `Set`s; nor are buffers after `keep()`. What an inner scope returns belongs to the outer one.
   *
   * For an `async` function the scope has what was made up to its first `await`, and what `scope.run` and `scope.add` name. What other code makes
   * meanwhile is not the scope's.
   */
  scope<T>(f: (scope: LendScope) => T): T;
  /** True if workers that join share this memory: the package was built for it, and the page is cross-origin isolated. */
  readonly isShared: boolean;
  /**
   * Starts this package in a worker that calls `lend.serve`, over this memory if that can be shared, else over its own. Resolves when the worker has
   * started it. Rejects with `ERR_LEND_UNINITIALIZED` if the worker cannot. Throws `ERR_LEND_TYPE` or `ERR_LEND_RANGE` for wrong arguments.
   *
   * Let a worker leave (`thread.leave()`) before you terminate it. One that ends outside of Rust is noticed: what it held is released and reported to
   * `lend.onLeak`. One that ends inside of Rust may have held any lock, so every thread of this memory ends with `ERR_LEND_PANIC`.
   */
  join(worker: LendWorker, options?: LendJoinOptions): Promise<LendThread>;
  /**
   * For a worker: waits for `lend.join`, and starts the package. `init` is the function that starts it, its default export or `initSync`. Call it
   * while the worker's script runs for the first time, before an `await`: later the message may be lost.
   */
  serve(init: (options?: any) => unknown): Promise<void>;
  /**
   * The pool of workers, and its settings. Without a call of this it starts by itself, with one worker for each core. Throws `ERR_LEND_TYPE` or
   * `ERR_LEND_RANGE` for wrong settings, and `ERR_LEND_TYPE` if no function of the package runs on workers.
   */
  workers(options?: LendPoolOptions): LendPool;
  /**
   * Makes a token of a buffer, to be posted to another thread: `worker.postMessage({ image: lend.share(buffer) })`. A read-only buffer is held once
   * more until somebody has received it. A mutable buffer is moved, and ends here. Parts keep their range, and both keep their element type. O(1).
   *
   * Without shared memory the token has a copy, which a message on the console says once. Throws `ERR_LEND_BORROWED` for a mutable buffer that a
   * running call or Rust holds, and for a buffer that is lent to a callback; `ERR_LEND_TYPE` for a buffer that lies in an instance, which stays on
   * its thread; and as the members of a buffer if it has ended.
   */
  share<B extends AnyBuffer>(buffer: B): LendToken<B>;
  /**
   * The buffer of a token. O(1), or one copy without shared memory. Throws `ERR_LEND_MOVED` if it was received or revoked before, `ERR_LEND_FOREIGN` for
   * a token of another memory, `ERR_LEND_TYPE` for anything else.
   */
  receive<B extends AnyBuffer>(token: LendToken<B>): B;
  /** Takes a token back that nobody has received: its hold ends. False if somebody has received it. Throws as `receive`. */
  revoke(token: LendToken): boolean;
  readonly transferHandler: LendTransferHandler;
  /** `share`. */
  serializeForPostMessage<B extends AnyBuffer>(buffer: B): LendToken<B>;
  /** `receive`. */
  deserializeFromPostMessage<B extends AnyBuffer>(token: LendToken<B>): B;
  /** `share`, by its name in wrflib (Zaplib: `serializeZapArrayForPostMessage`). */
  serializeWrfArrayForPostMessage<B extends AnyBuffer>(buffer: B): LendToken<B>;
  /** `receive`, by its name in wrflib. */
  deserializeWrfArrayFromPostMessage<B extends AnyBuffer>(token: LendToken<B>): B;
  /** Calls `listener` for each buffer or instance that garbage collection has to free, because nobody has called `free()`. `null` for no listener. */
  onLeak(listener: ((leak: LendLeak) => void) | null): void;
  /**
   * Calls `listener` soon after a panic, a trap or a stack overflow has ended the instance, with its `ERR_LEND_PANIC`. `null` for no listener.
   * The package can be started again then: by `__wbg_reset_state()` if it has that, or by importing its module once more under another URL.
   */
  onPanic(listener: ((error: LendError) => void) | null): void;
  /** The buffers and instances that JavaScript holds; in builds with checks with the stack that has made them. Visits every handle. */
  leaks(): LendLeak[];
  /**
   * Limits the bytes of all buffers together. Allocations beyond the limit fail with `ERR_LEND_OOM`. `Infinity`, as at the start, is no limit.
   * Throws `ERR_LEND_TYPE` for anything but a whole number from 0 on, or `Infinity`.
   */
  setLimit(bytes: number): void;
  /**
   * Loads a plugin into the memory of this package, and starts it. Resolves with its functions and `unload()`. For packages that are built with the
   * feature `plugin-host`. Rejects with `ERR_LEND_PLUGIN` if the file is no plugin or does not fit: another version, an import that is missing or
   * has another signature.
   */
  loadPlugin<Exports = Record<string, any>>(source: LendPluginSource, options?: LendPluginOptions): Promise<Exports & LendPlugin>;
  /**
   * Calls an exported function by its name. Other names go to the handler of `register_call_rust!`. Resolves with the results: one, or none.
   * Rejects with `ERR_LEND_NAME` if there is neither a function nor a handler, or the number of parameters is wrong; and with what the call
   * throws.
   */
  callRust(name: string, params?: readonly LendParam[]): Promise<LendParam[]>;
  /** The same, but returns the results and throws. The result of an `async fn` is a promise. */
  callRustSync(name: string, params?: readonly LendParam[]): LendParam[];
  /**
   * Calls `listener` once, when Rust has dropped its last reference to `value`: at the end of the call that drops it, or in a microtask. Returns a
   * function that removes the listener. Throws `ERR_LEND_TYPE` if `value` is no object or `listener` no function.
   */
  watch(value: object, listener: () => void): () => void;
  /** For tests: the values that Rust has by index. The stack from its bottom, and the slab with its empty places. */
  objectTable(): { stack: unknown[]; slab: Array<{ value: unknown } | { next: number }> };
  /** What is alive now. */
  stats(): {
    /** Buffers and sub-buffers that JavaScript holds. */
    handles: number;
    /** Allocations, held by either side. */
    buffers: number;
    /** Bytes of all live buffers, held by either side. */
    bytes: number;
    /** Borrows of the running calls. */
    borrows: number;
    /** Instances of exported structs, held by either side. Their handles count among `handles`. */
    instances: number;
    /** Values of JavaScript that Rust owns, or that the running calls have borrowed. Visits every place. */
    objects: number;
    /** Closures of Rust that JavaScript can call. */
    closures: number;
    /** The limit that `setLimit` has set, in bytes. */
    limit: number;
    /** How often a `view` was made: for the first time, or because memory had grown. */
    viewsMade: number;
    /** Bytes copied between JavaScript and wasm since the start: by `create…`, plain arrays, returned `Vec`s, `copy()`, `toImageData()` and `toBlob()`. */
    copiedBytes: number;
    /** Bytes of the whole wasm memory, which only grows. */
    memoryBytes: number;
    /** Buffers that were shared and that nobody has received. */
    inFlight: number;
    /**
     * In builds with shared memory: the number of this thread. The first has 1. `held`, `objects`, `closures`, `limit`, `viewsMade` and `copiedBytes` are
     * those of this thread, and all others those of the memory.
     */
    thread?: number;
    /** In builds with shared memory: the handles that JavaScript of this thread holds. */
    held?: number;
    /** In packages that load plugins: what is alive of this package (`host`) and of each plugin. */
    modules?: LendModule[];
  };
};
