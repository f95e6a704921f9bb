/** The typed arrays that a buffer can be seen as. */
export type LendArray =
  | Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array
  | BigUint64Array | BigInt64Array | Float32Array | Float64Array | Uint8ClampedArray;

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
    /** Rust panicked or trapped in this call. */
    | 'ERR_LEND_PANIC'
    /** Rust has panicked or trapped before, or the stack overflowed; this instance cannot be used any more. */
    | 'ERR_LEND_POISONED'
    /** The package was used before `init()` had finished. */
    | 'ERR_LEND_UNINITIALIZED'
    /** The package was started a second time under another URL. */
    | 'ERR_LEND_INSTANCE';
}

interface LentBuffer<A extends LendArray> {
  /**
   * The elements, over the same memory that Rust sees. O(1).
   *
   * The identical object until wasm memory grows, then a new one: ask for it again after each call instead of keeping it.
   */
  readonly view: A;
  /** In elements. */
  readonly length: number;
  readonly byteLength: number;
  /** Whether `free()` was called. */
  readonly freed: boolean;
  /** Whether Rust owns the buffer now, or it was frozen. */
  readonly moved: boolean;
  /**
   * Gives up JavaScript's hold on the memory, at once; garbage collection would, some time. O(1).
   *
   * The memory is freed when the last holder on either side lets go, and not while a call borrows it.
   */
  free(): void;
  /** `free()`, for `using`. */
  [Symbol.dispose](): void;
}

/** Memory that Rust and JavaScript both hold and neither changes: Rust's `Buffer<T>`. */
export class ReadOnlyBuffer<A extends LendArray> {
  private constructor();
  private readonly __kind: 'ReadOnlyBuffer';
}
export interface ReadOnlyBuffer<A extends LendArray> extends LentBuffer<A> {}

/** Memory with one owner, JavaScript now; passing it as `BufferMut<T>` or `Vec<T>` moves it into Rust. */
export class MutableBuffer<A extends LendArray> {
  private constructor();
  private readonly __kind: 'MutableBuffer';
  /** Makes the memory read-only: returns its new buffer, and this one is spent. O(1). */
  freeze(): ReadOnlyBuffer<A>;
}
export interface MutableBuffer<A extends LendArray> extends LentBuffer<A> {}

type ArrayConstructorOf<A extends LendArray> = { new (length: number): A; readonly BYTES_PER_ELEMENT: number };

export const lend: {
  /** A new buffer with the elements of `array`, which is not changed. One copy. */
  createReadOnlyBuffer<A extends LendArray>(array: A): ReadOnlyBuffer<A>;
  /** A new buffer with the elements of `array`, which is not changed. One copy. */
  createMutableBuffer<A extends LendArray>(array: A): MutableBuffer<A>;
  /** A new buffer of `length` zeros: `lend.alloc(Float32Array, 1024)`. */
  alloc<A extends LendArray>(type: ArrayConstructorOf<A>, length: number): MutableBuffer<A>;
  /** What is alive now. */
  stats(): {
    /** Buffers that JavaScript holds. */
    handles: number;
    /** Bytes of all live buffers, whoever holds them. */
    bytes: number;
    /** Bytes copied between JavaScript and wasm since the start: by `create…`, plain arrays and returned `Vec`s. */
    copiedBytes: number;
  };
};
