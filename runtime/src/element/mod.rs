//! The element types of buffers, and their tags.

use core::alloc::Layout;

pub(crate) mod registered;

pub use registered::Registration;

use crate::numbers::for_each_number;
use crate::ts::Ts;

/// A byte that JavaScript clamps to 0..=255 when it writes a number: `Buffer<Clamped<u8>>` is a `Uint8ClampedArray`
/// there.
///
/// The pixels of a canvas's `ImageData` are of this type. In Rust it is a plain `u8`.
///
/// ```
/// let white = wasm_lend::Clamped(255_u8);
/// assert_eq!(white.0, 255);
/// ```
#[repr(transparent)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clamped<T>(pub T);

/// An element type of buffers: a number that has a typed array in JavaScript, or a [`Record`](crate::Record).
///
/// | Rust | JavaScript |
/// |---|---|
/// | `u8`, `i8` | `Uint8Array`, `Int8Array` |
/// | `u16`, `i16` | `Uint16Array`, `Int16Array` |
/// | `u32`, `i32` | `Uint32Array`, `Int32Array` |
/// | `u64`, `i64` | `BigUint64Array`, `BigInt64Array` |
/// | `f32`, `f64` | `Float32Array`, `Float64Array` |
/// | [`Clamped<u8>`](Clamped) | `Uint8ClampedArray` |
/// | `half::f16` (feature `half`) | `Float16Array`, or its bits in a `Uint16Array` if the engine has no such class |
///
/// # Safety
///
/// This trait is sealed. [`Buffer`](crate::Buffer) relies on this of every implementor: any bit pattern is valid,
/// there is no padding, nothing needs a drop, and `layout_of` has its size and alignment under its
/// [`tag`](Element::tag).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an element type of wasm-lend",
    label = "not an element type",
    note = "a buffer holds `u8`, `i8`, `u16`, `i16`, `u32`, `i32`, `u64`, `i64`, `f32`, `f64` or `Clamped<u8>`",
    note = "a `#[repr(C)]` struct of those becomes one with `#[derive(Clone, Copy, Pod, Zeroable, Record)]` (`Pod` and `Zeroable` are bytemuck's)"
)]
pub unsafe trait Element: Copy + Send + Sync + 'static + sealed::Sealed {
    /// The element tag: the type's number in slots and in `runtime/js/elements.js`.
    #[doc(hidden)]
    fn tag() -> u32;

    /// The typed array in the `.d.ts`.
    #[doc(hidden)]
    const TYPED_ARRAY: Ts;

    /// ` | ` and the type that JavaScript may pass instead of a buffer that is read.
    #[doc(hidden)]
    const OR_PLAIN: Ts;

    /// ` | ` and the type that JavaScript may pass instead of a buffer that is written to.
    #[doc(hidden)]
    const OR_PLAIN_MUT: Ts;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// An [`Element`] that is a number. The fields of records are of these types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the field of a record",
    label = "not a number that JavaScript has an array of",
    note = "a field is `u8`, `i8`, `u16`, `i16`, `u32`, `i32`, `u64`, `i64`, `f32`, `f64`, or an array of one of those"
)]
pub trait Number: Element {
    /// The element tag as a constant.
    const TAG: u32;
}

macro_rules! elements {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        $(
            impl sealed::Sealed for $type {}
            // SAFETY: a primitive number, or a transparent wrapper of one: any bits are valid, nothing is padded,
            // nothing drops, and `layout_of` is made from this same row.
            unsafe impl Element for $type {
                #[inline(always)]
                fn tag() -> u32 {
                    $tag
                }

                const TYPED_ARRAY: Ts = Ts::Text($array);
                const OR_PLAIN: Ts = Ts::Text(concat!(" | LendInput<", $array, ">"));
                const OR_PLAIN_MUT: Ts = Ts::Text(concat!(" | LendBytes<", $array, ">"));
            }

            impl Number for $type {
                const TAG: u32 = $tag;
            }
        )*

        /// The layout of an array of `len` elements of type `tag`. `None` if there is no such type or array.
        pub(crate) fn layout_of(tag: u32, len: usize) -> Option<Layout> {
            $(const { assert!(align_of::<$type>() == size_of::<$type>()) };)*
            match SIZES.get(tag as usize) {
                Some(&size) => {
                    let size = usize::from(size);
                    Layout::from_size_align(size.checked_mul(len)?, size).ok()
                }
                None => registered::layout_of(tag, len),
            }
        }

        /// The sizes of the numbers, by tag.
        const SIZES: [u8; F16 as usize + 1] = [$(size_of::<$type>() as u8,)* size_of::<u16>() as u8];
    };
}

for_each_number!(elements);

/// The size of an element of type `tag`, which must exist.
#[inline]
pub(crate) fn size_of_tag(tag: u32) -> usize {
    match SIZES.get(tag as usize) {
        Some(&size) => usize::from(size),
        None => layout_of(tag, 1).map_or(0, |layout| layout.size()),
    }
}

/// The element tag of `half::f16`. JavaScript may have such buffers even if Rust does not use the type.
const F16: u32 = 11;

#[cfg(feature = "half")]
impl sealed::Sealed for half::f16 {}
// SAFETY: a transparent `u16`: any bits are valid, nothing is padded, nothing drops, and the layout is that of a
// `u16`.
#[cfg(feature = "half")]
unsafe impl Element for half::f16 {
    #[inline(always)]
    fn tag() -> u32 {
        F16
    }

    const TYPED_ARRAY: Ts = Ts::Text("LendFloat16Array");
    const OR_PLAIN: Ts = Ts::Text(" | LendFloat16Array");
    const OR_PLAIN_MUT: Ts = Ts::Text(" | LendFloat16Array");
}
#[cfg(feature = "half")]
impl Number for half::f16 {
    const TAG: u32 = F16;
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_the_layout_of_its_type() {
        assert_eq!(layout_of(f64::tag(), 3), Layout::array::<f64>(3).ok());
        assert_eq!(layout_of(Clamped::<u8>::tag(), 3), Layout::array::<u8>(3).ok());
        assert_eq!(layout_of(12, 1), None, "no such tag");
        for tag in 0..=F16 {
            assert_eq!(layout_of(tag, 1).map(|layout| layout.size()), Some(size_of_tag(tag)), "{tag}");
        }
        assert_eq!(layout_of(u64::tag(), usize::MAX / 4), None, "no such array");
    }
}
