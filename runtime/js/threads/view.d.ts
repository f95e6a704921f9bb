type LendView<A> = // The array over shared memory. Since 5.7 TypeScript knows that `ImageData`, `Blob` and others do not take it.
  A extends Uint8ClampedArray ? Uint8ClampedArray
  : A extends Uint8Array ? Uint8Array
  : A extends Int8Array ? Int8Array
  : A extends Uint16Array ? Uint16Array
  : A extends Int16Array ? Int16Array
  : A extends Uint32Array ? Uint32Array
  : A extends Int32Array ? Int32Array
  : A extends BigUint64Array ? BigUint64Array
  : A extends BigInt64Array ? BigInt64Array
  : A extends Float32Array ? Float32Array
  : A extends Float64Array ? Float64Array
  : A;
