type LendGlobal<Name extends string> = typeof globalThis extends { [N in Name]: { prototype: infer A } } ? A : any;
// ^ A class of the host by its name, where the host's types are there (TypeScript's `dom` has those of browsers).

/** The typed arrays that a buffer can be seen as. */
export type LendArray =
  | Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array
  | BigUint64Array | BigInt64Array | Float32Array | Float64Array | Uint8ClampedArray | LendFloat16Array;

/** Half floats: a `Float16Array` where the engine has it, else a `Uint16Array` of their bits. */
export type LendFloat16Array = typeof globalThis extends { Float16Array: { prototype: infer A } } ? A : Uint16Array;

/** What wasm-lend throws. `code` is stable; the message names the function, the argument, what it takes and what came. */
export class LendError extends Error {
  readonly name: 'LendError';
  readonly code:
    /** Not what the argument takes: another type, another element type, or read-only. */
    | 'ERR_LEND_TYPE'
    /** A number, but not one that the argument's type has. */
    | 'ERR_LEND_RANGE'
    /** The buffer was freed. */
    | 'ERR_LEND_RELEASED'
    /** The buffer was moved into Rust, or frozen. */
    | 'ERR_LEND_MOVED'
    /** A call that is still running holds the buffer. */
    | 'ERR_LEND_BORROWED'
    /** Two arguments of one call are the same memory, and one of them is to be written to. */
    | 'ERR_LEND_ALIASED'
    /** The buffer belongs to another instance or package. */
    | 'ERR_LEND_FOREIGN'
    /** No memory, or no handle, is left. */
    | 'ERR_LEND_OOM'
    /** Rust panicked or trapped in this call, or the stack overflowed (the engine's error is the `cause`). */
    | 'ERR_LEND_PANIC'
    /** Rust has panicked or trapped before, or the stack overflowed; this instance cannot be used any more. */
    | 'ERR_LEND_POISONED'
    /** The package was used before `init()` had finished. */
    | 'ERR_LEND_UNINITIALIZED'
    /** There is no function, or no field, of this name; or it takes another number of parameters. */
    | 'ERR_LEND_NAME'
    /** It belongs to an instance that has ended: the package was started again since. */
    | 'ERR_LEND_INSTANCE'
    /** A plugin that cannot be loaded, or not be unloaded. */
    | 'ERR_LEND_PLUGIN'
    /** JavaScript has written to a read-only buffer; only builds with checks look. */
    | 'ERR_LEND_CHANGED';
}

/** The records of a buffer: Rust structs that derive `Record`, over the same memory. */
export interface RecordArray<R> extends Iterable<R> {
  readonly length: number;
  /** The bytes of all records. */
  readonly bytes: Uint8Array;
  /** A record, whose properties read and write memory; from the end for negative indices. */
  at(index: number): R | undefined;
  column<K extends keyof R & string>(field: K): RecordColumn<R[K]>;
  /** A copy, as plain objects. */
  toArray(): R[];
}

/** One field of every record. */
export interface RecordColumn<F> {
  readonly length: number;
  /**
   * A typed array over all records: the field of record `i` is `array[offset + i * stride]`. O(1).
   *
   * Ask for it again after each call. Throws `ERR_LEND_TYPE` where the records' size does not allow it.
   */
  readonly array: F extends bigint ? BigUint64Array | BigInt64Array : LendArray;
  readonly offset: number;
  readonly stride: number;
  get(index: number): F | undefined;
  set(index: number, value: F): void;
  /** A copy. */
  toArray(): F[];
}

declare const recordType: unique symbol;
/** A record's name as a value: `lend.alloc(Particle, 1000)`. */
export interface RecordType<R> {
  readonly name: string;
  readonly prototype: R;
  readonly [recordType]?: R;
}

/** What a buffer is made of. */
export type LendElements = LendArray | RecordArray<any>;

/** Rust's names of the numbers, which stand for their arrays: `lend.alloc('f16', 8)`. */
export type LendElementName =
  | 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f32' | 'f64' | 'Clamped<u8>' | 'f16';

/** The same array over an ArrayBuffer: TypeScript 5.7 and newer tell it from one over a SharedArrayBuffer, which `ImageData`, `Blob` and `fetch` do not take. */
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

/** For `using`, where the library of types has it (`esnext.disposable`). */
type LendDisposable = SymbolConstructor extends { readonly dispose: infer S extends symbol } ? { [K in S]: () => void } : {};

type ElementOf<A> = A extends RecordArray<infer R> ? R : A extends { [index: number]: infer N } ? N : never;

interface LentBuffer<A extends LendElements> extends LendDisposable {
  /**
   * The elements, over the same memory that Rust sees. O(1).
   *
   * The identical object until wasm memory grows, then a new one: ask for it again after each call instead of keeping it.
   * `view.buffer` is all of wasm memory, Rust's own too, and `view.byteOffset` where the elements are in it: whoever is to
   * have the elements alone gets the view, or a copy. While a call borrows the buffer for writing, what is in it is the call's.
   *
   * As long as the view can be reached, the buffer is not collected. A `view.subarray()`, or another array over `view.buffer`, does
   * not keep it: hold the buffer, or the view, beside it.
   */
  readonly view: LendPlain<A>;
  /** In elements. */
  readonly length: number;
  readonly byteLength: number;
  /** True if `free()` was called. */
  readonly freed: boolean;
  /** True if Rust owns the buffer now, also while a call that takes it is running; or it was frozen. */
  readonly moved: boolean;
  /** An element; from the end for negative indices. A record stays good when memory grows. */
  at(index: number): ElementOf<A> | undefined;
  /** A copy of all elements, records as plain objects. */
  toArray(): ElementOf<A>[];
  /** One field of every record. */
  column<K extends keyof ElementOf<A> & string>(
    this: { readonly view: RecordArray<any> },
    field: K,
  ): RecordColumn<ElementOf<A>[K]>;
  /** The lengths along the axes: `[length]`, but for what `reshape` or Rust's ndarray made. */
  readonly shape: number[];
  /** How far apart neighbours along each axis are, in elements. */
  readonly strides: number[];
  /** Holders of the memory: buffers in Rust, parts, and 1 for JavaScript's holds of the whole. */
  readonly holders: number;
  /**
   * Called once when the memory has gone, that is when the last holder on either side has let go: at the end of `free()`, or
   * soon after the call in which Rust did. Returns this buffer.
   */
  onRelease(listener: () => void): this;
  /** Has no `lend.scope` free it. Returns this buffer. */
  keep(): this;
  /**
   * Gives up JavaScript's hold on the memory, at once; garbage collection would, some time. O(1).
   *
   * The memory is freed when the last holder on either side lets go, and not while a call borrows it.
   */
  free(): void;
  /** The elements, as an array has them: `new Uint8Array(buffer)`, `Array.from(buffer)`, `for … of`. */
  [Symbol.iterator](): IterableIterator<ElementOf<A>>;
  /** The elements. */
  toJSON(): ElementOf<A>[];
}

/** Memory that Rust and JavaScript both hold and neither changes: Rust's `Buffer<T>`. */
export class ReadOnlyBuffer<A extends LendElements> {
  private constructor();
  private readonly __kind: 'ReadOnlyBuffer';
}
export interface ReadOnlyBuffer<A extends LendElements> extends LentBuffer<A> {
  /**
   * Another buffer over the elements from `begin` to before `end`, counted as typed arrays' `subarray` does: from the end for
   * negative ones, and never past it. It shares the memory and keeps it. O(1).
   */
  subarray(begin?: number, end?: number): ReadOnlyBuffer<A>;
  /** Another buffer over the same bytes, seen as another type. Throws `ERR_LEND_RANGE` where length or address do not fit. O(1). */
  as<B extends LendArray>(type: ArrayConstructorOf<B>): ReadOnlyBuffer<B>;
  as<R>(type: RecordType<R>): ReadOnlyBuffer<RecordArray<R>>;
  as(type: LendElementName): ReadOnlyBuffer<any>;
  /** Another buffer over the same elements, row by row along several axes. O(1). */
  reshape(lengths: readonly number[]): ReadOnlyBuffer<A>;
}

/** Memory with one owner, JavaScript now; passing it as `BufferMut<T>` or `Vec<T>` moves it into Rust. */
export class MutableBuffer<A extends LendElements> {
  private constructor();
  private readonly __kind: 'MutableBuffer';
  /** Makes the memory read-only: returns its new buffer, and this one is spent. O(1). */
  freeze(): ReadOnlyBuffer<A>;
}
export interface MutableBuffer<A extends LendElements> extends LentBuffer<A> {
  /**
   * Another buffer over the elements from `begin` to before `end`, counted as typed arrays' `subarray` does: from the end for
   * negative ones, and never past it. It shares the memory and keeps it. A call may write to two that do not overlap. O(1).
   */
  subarray(begin?: number, end?: number): MutableBuffer<A>;
  /** Another buffer over the same bytes, seen as another type. Throws `ERR_LEND_RANGE` where length or address do not fit. O(1). */
  as<B extends LendArray>(type: ArrayConstructorOf<B>): MutableBuffer<B>;
  as<R>(type: RecordType<R>): MutableBuffer<RecordArray<R>>;
  as(type: LendElementName): MutableBuffer<any>;
  /** Another buffer over the same elements, row by row along several axes. O(1). */
  reshape(lengths: readonly number[]): MutableBuffer<A>;
}

/** A buffer that nobody may need to know more of. */
export type AnyBuffer = ReadOnlyBuffer<any> | MutableBuffer<any>;

/** What a plugin may come as: its bytes, where they are, or a module. */
export type LendPluginSource = ArrayBuffer | ArrayBufferView | WebAssembly.Module | Response | URL | string;

export interface LendPluginOptions {
  /** What it is called in messages, in `lend.stats()` and by plugins that import from it; by default as its crate. */
  name?: string;
  /** The module that was made beside the plugin, for pages whose Content-Security-Policy has no `'unsafe-eval'`. */
  shims?: object;
}

export interface LendPlugin extends LendDisposable {
  /**
   * Gives back its memory and its places in the function table. Throws `ERR_LEND_PLUGIN` with a list while something of it is in
   * use: buffers and instances that it has made, closures, other plugins that import from it, calls.
   */
  unload(): void;
}

/** What a module has that is alive: the package (`host`), or a plugin. */
export interface LendModule {
  name: string;
  /** Buffers (parts too) and instances that it has made. */
  buffers: number;
  /** Bytes of their memory. */
  bytes: number;
  /** Of a plugin: closures that JavaScript can call. */
  closures?: number;
  /** Of a plugin: where its data is. */
  data?: { offset: number; length: number };
  /** Of a plugin: its places in the function table. */
  table?: { offset: number; length: number };
}

/** What the function of `lend.scope` gets. */
export interface LendScope {
  /** Has the scope free a buffer, or an instance of an exported class, that was not made in it. Returns it. */
  add<B extends { free(): void }>(held: B): B;
  /** Runs a function in the scope: for what an `async` function does after an `await`. */
  run<T>(f: () => T): T;
}

/** A buffer, or an instance of an exported class, that is alive. */
export interface LendLeak {
  /** `ReadOnlyBuffer`, `MutableBuffer`, or the name of the class. */
  kind: string;
  /** The typed array, or the name of the class. */
  type: string;
  length: number;
  holders: number;
  /** What made it, in builds with checks. */
  stack: string | undefined;
}

/** An iterator of Rust. It is dropped at its end, when a loop is left, by `free()`, or when it is collected. */
export interface LendIterator<T> extends IterableIterator<T>, LendDisposable {
  free(): void;
}

/** A stream of Rust. It is dropped as a `LendIterator` is; of steps that are asked for at once, one is under way at a time. */
export interface LendAsyncIterator<T> extends AsyncIterableIterator<T>, LendDisposable {
  free(): void;
}

/** What a call by name takes and answers with. */
export type LendParam = any;

type ArrayConstructorOf<A extends LendArray> = { new (length: number): A; readonly BYTES_PER_ELEMENT: number };

export const lend: {
  /** A new buffer with the elements of `array`, which is not changed. One copy. */
  createReadOnlyBuffer<A extends LendArray>(array: A): ReadOnlyBuffer<A>;
  /** A new buffer with the elements of `array`, which is not changed. One copy. */
  createMutableBuffer<A extends LendArray>(array: A): MutableBuffer<A>;
  /** A new buffer of records with the fields of plain objects. One copy. */
  createReadOnlyBuffer<R>(type: RecordType<R>, records: readonly R[]): ReadOnlyBuffer<RecordArray<R>>;
  /** A new buffer of records with the fields of plain objects. One copy. */
  createMutableBuffer<R>(type: RecordType<R>, records: readonly R[]): MutableBuffer<RecordArray<R>>;
  /** A new buffer of `length` zeros: `lend.alloc(Float32Array, 1024)`. */
  alloc<A extends LendArray>(type: ArrayConstructorOf<A>, length: number): MutableBuffer<A>;
  /** A new buffer of `length` records of zeros: `lend.alloc(Particle, 1000)`. */
  alloc<R>(type: RecordType<R>, length: number): MutableBuffer<RecordArray<R>>;
  /** A new buffer of `length` zeros: `lend.alloc('f16', 1024)`. */
  alloc(type: LendElementName, length: number): MutableBuffer<any>;
  /**
   * Frees the buffers and instances that were made while `f` ran, but what it returns (also in arrays, plain objects, `Map`s and `Set`s) and what was
   * `keep()`t. Of an `async` function that is what it makes up to its first `await`, and then what `scope.run` and `scope.add`
   * name: what others make meanwhile is not the scope's. What is returned from a scope within a scope is the outer one's.
   */
  scope<T>(f: (scope: LendScope) => T): T;
  /** Calls `listener` for each buffer or instance that garbage collection has to free, for nobody else did; `null` for none. */
  onLeak(listener: ((leak: LendLeak) => void) | null): void;
  /**
   * Calls `listener` with the `ERR_LEND_PANIC` of a panic, a trap or a stack overflow that has ended the instance, soon after it; `null` for none.
   * A fresh start then takes over: `__wbg_reset_state()` of packages that have it, or the package's module once more, under another URL.
   */
  onPanic(listener: ((error: LendError) => void) | null): void;
  /** The buffers and instances that JavaScript holds, in builds with checks with the stack that made them. Looks at every handle. */
  leaks(): LendLeak[];
  /**
   * Refuses allocations with `ERR_LEND_OOM` that would make buffers have more than so many bytes in all. `Infinity`, as at the
   * start: no limit but memory's.
   */
  setLimit(bytes: number): void;
  /**
   * Links a plugin into the memory of this package, and starts it: its functions, and `unload()`. For packages that are built with
   * the feature `plugin-host`. Rejects with `ERR_LEND_PLUGIN` what is none, or does not fit: another version, an import that is not
   * there or has another signature.
   */
  loadPlugin<Exports = Record<string, any>>(source: LendPluginSource, options?: LendPluginOptions): Promise<Exports & LendPlugin>;
  /**
   * Calls an exported function by its name, or Rust's `register_call_rust!` for the names that are none: the results, of
   * which a function has one or none. Rejects with `ERR_LEND_NAME` where there is neither, or the number of parameters is
   * another.
   */
  callRust(name: string, params?: readonly LendParam[]): Promise<LendParam[]>;
  /** The same at once; the result of an `async fn` is a promise. */
  callRustSync(name: string, params?: readonly LendParam[]): LendParam[];
  /**
   * Calls `listener` once, when Rust lets go of the last place in which it owns `value`: at the end of the call that does so, or in
   * a microtask. Returns what stops it.
   */
  watch(value: object, listener: () => void): () => void;
  /** The table of the values that Rust knows by index: the stack from its bottom, and the slab with its empty places. */
  objectTable(): { stack: unknown[]; slab: Array<{ value: unknown } | { next: number }> };
  /** What is alive now. */
  stats(): {
    /** Buffers that JavaScript holds, parts too. */
    handles: number;
    /** Allocations, whoever holds them. */
    buffers: number;
    /** Bytes of all live buffers, whoever holds them. */
    bytes: number;
    /** Borrows of the calls under way. */
    borrows: number;
    /** Values of exported structs, whoever holds them; their handles count among `handles`. */
    instances: number;
    /** Values of JavaScript that Rust owns, and those that the calls under way have borrowed. Looks at every place. */
    objects: number;
    /** Closures of Rust that JavaScript can call. */
    closures: number;
    /** What `setLimit` has set. */
    limit: number;
    /** How many times a `view` was made, first of all or because memory had grown. */
    viewsMade: number;
    /** Bytes copied between JavaScript and wasm since the start: by `create…`, plain arrays and returned `Vec`s. */
    copiedBytes: number;
    /** Bytes of wasm memory in all, which only grows. */
    memoryBytes: number;
    /** What this package (`host`) and each plugin has made that is alive, in packages that load plugins. */
    modules?: LendModule[];
  };
};
