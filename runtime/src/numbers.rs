//! The one list of the number types that JavaScript has a typed array for.

/// Calls `$callback!` with the list. A row is `tag type as raw, kind, typed array;`:
///
/// - `tag`: the element tag. It is also the place in the lists of `runtime/js/` and of the macros.
/// - `raw`: the type that a shim returns for the number.
/// - `kind`: how the number and its `None` cross. `small`: 32 bits have room for a `None`; `word`: they have not;
///   `wide`: a BigInt; `single` and `double`: floats; `clamped`: an element of buffers only.
macro_rules! for_each_number {
    ($callback:ident) => {
        $callback! {
            0 u8 as u32, small, "Uint8Array";
            1 i8 as i32, small, "Int8Array";
            2 u16 as u32, small, "Uint16Array";
            3 i16 as i32, small, "Int16Array";
            4 u32 as u32, word, "Uint32Array";
            5 i32 as i32, word, "Int32Array";
            6 u64 as u64, wide, "BigUint64Array";
            7 i64 as i64, wide, "BigInt64Array";
            8 f32 as f32, single, "Float32Array";
            9 f64 as f64, double, "Float64Array";
            10 Clamped<u8> as u32, clamped, "Uint8ClampedArray";
        }
    };
}

pub(crate) use for_each_number;

#[cfg(all(test, not(loom)))]
#[path = "numbers_tests.rs"]
pub(crate) mod tests;
