//! The element types a buffer can have, and the numbers that name them on the wire.

use core::alloc::Layout;

/// A byte that saturates in JavaScript: `Buffer<Clamped<u8>>` is a `Uint8ClampedArray` there.
///
/// The canvas's `ImageData` holds its pixels in one. In Rust it is a plain `u8`.
///
/// ```
/// let white = wasm_lend::Clamped(255_u8);
/// assert_eq!(white.0, 255);
/// ```
#[repr(transparent)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clamped<T>(pub T);

/// What a buffer may be made of: a number with a JavaScript typed array of its own.
///
/// | Rust | JavaScript |
/// |---|---|
/// | `u8`, `i8` | `Uint8Array`, `Int8Array` |
/// | `u16`, `i16` | `Uint16Array`, `Int16Array` |
/// | `u32`, `i32` | `Uint32Array`, `Int32Array` |
/// | `u64`, `i64` | `BigUint64Array`, `BigInt64Array` |
/// | `f32`, `f64` | `Float32Array`, `Float64Array` |
/// | [`Clamped<u8>`](Clamped) | `Uint8ClampedArray` |
///
/// # Safety
///
/// This trait is sealed. Every implementor is valid for any bit pattern, has no padding, needs no drop, and its
/// [`TAG`](Element::TAG) has the implementor's size and alignment in `layout_of`; [`Buffer`](crate::Buffer)
/// relies on all four.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an element type of wasm-lend",
    label = "not an element type",
    note = "a buffer holds `u8`, `i8`, `u16`, `i16`, `u32`, `i32`, `u64`, `i64`, `f32`, `f64` or `Clamped<u8>`"
)]
pub unsafe trait Element: Copy + Send + Sync + 'static + sealed::Sealed {
    /// The number that names this type in a handle's slot and in `runtime/js/elements.js`.
    #[doc(hidden)]
    const TAG: u32;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! elements {
    ($($tag:literal $type:ty),* $(,)?) => {
        $(
            impl sealed::Sealed for $type {}
            // SAFETY: a primitive number (or a transparent wrapper of one): any bits are valid, nothing is padded,
            // nothing drops, and `layout_of` is made from this same row.
            unsafe impl Element for $type {
                const TAG: u32 = $tag;
            }
        )*

        /// The layout of an array of `len` elements of type `tag`; `None` where no such type or array exists.
        pub(crate) fn layout_of(tag: u32, len: usize) -> Option<Layout> {
            match tag {
                $($tag => Layout::array::<$type>(len).ok(),)*
                _ => None,
            }
        }
    };
}

elements! {
    0 u8,
    1 i8,
    2 u16,
    3 i16,
    4 u32,
    5 i32,
    6 u64,
    7 i64,
    8 f32,
    9 f64,
    10 Clamped<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_the_layout_of_its_type() {
        assert_eq!(layout_of(<f64 as Element>::TAG, 3), Layout::array::<f64>(3).ok());
        assert_eq!(layout_of(<Clamped<u8> as Element>::TAG, 3), Layout::array::<u8>(3).ok());
        assert_eq!(layout_of(11, 1), None, "no such tag");
        assert_eq!(layout_of(<u64 as Element>::TAG, usize::MAX / 4), None, "no such array");
    }
}
