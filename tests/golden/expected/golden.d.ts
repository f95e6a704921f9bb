/**
 * A copy of a buffer that Rust may keep.
 */
export function copy(bytes: ReadOnlyBuffer<Uint8Array> | LendInput<Uint8Array>): LendPlain<Uint8Array>;


/**
 * A point that moves.
 */
export interface Particle {
    /**
     * In meters.
     */
    x: number;
    /**
     * In meters per second.
     */
    speed: number;
}
export const Particle: RecordType<Particle>;


/**
 * Calls a function with an object.
 */
export function visit(object: any, visitor: (a: any, b: number) => boolean): boolean;


/**
 * Moves every particle.
 */
export function step(particles: MutableBuffer<RecordArray<Particle>>, seconds: number): void;


/**
 * Multiplies every sample.
 */
export function scale(samples: MutableBuffer<Float32Array> | Float32Array, gain: number): void;


/**
 * Reads a number.
 *
 * @throws {Error} When the text is not a number.
 */
export function parse(text: string): number;


/**
 * Samples with a name.
 */
export interface Series extends LendDisposable {
    /** Drops the Rust value: now, or when the calls that borrow it have returned. */
    free(): void;
}
export interface SeriesConstructor {
    readonly prototype: Series;
}
export const Series: SeriesConstructor;


/**
 * The number plus one, if there is a number.
 */
export function next(number?: number | null): number | undefined;


/**
 * The sum of all samples.
 */
export function sum(samples: ReadOnlyBuffer<Float32Array> | MutableBuffer<Float32Array> | LendInput<Float32Array>): number;


/**
 * The sum of two numbers, wrapping around.
 *
 * @param a - the first number
 * @param b - the second number
 */
export function add(a: number, b: number): number;


/**
 * The text in upper case.
 */
export function shout(text: string): string;


/**
 * The text, later.
 */
export function later(text: string): Promise<string>;


export const math: {
    /**
     * Half of a number.
     */
    half(number: number): number;
    /**
     * Sets every value to zero.
     */
    delete(values: MutableBuffer<Float32Array> | Float32Array): void;
};


export interface Series {
    /**
     * The number of samples.
     */
    get length(): number;
    /**
     * Appends samples.
     */
    push(samples: ReadOnlyBuffer<Float32Array> | MutableBuffer<Float32Array> | LendInput<Float32Array>): void;
    /**
     * The samples, without a copy.
     */
    samples(): ReadOnlyBuffer<Float32Array>;
}
export interface SeriesConstructor {
    /**
     * An empty series.
     */
    new (): Series;
    /**
     * A series of zeros.
     */
    zeros(length: number): Series;
}
