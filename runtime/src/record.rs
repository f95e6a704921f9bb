//! Structs as element types.

use core::alloc::Layout;

use crate::JsValue;
use crate::element::{Element, Number, Registration, sealed};
use crate::ts::Ts;

/// A struct that is an element type: `Buffer<Particle>`, `&mut [Particle]`, …
///
/// Derive it together with bytemuck's `Pod` and `Zeroable`, which check that the struct is plain data without
/// padding:
///
/// ```
/// use bytemuck::{Pod, Zeroable};
/// use wasm_lend::{Record, export};
///
/// /// A point that moves.
/// #[repr(C)]
/// #[derive(Clone, Copy, Pod, Zeroable, Record)]
/// pub struct Particle {
///     position: [f32; 2],
///     velocity: [f32; 2],
///     /// In kilograms.
///     mass: f32,
/// }
///
/// #[export]
/// pub fn step(particles: &mut [Particle], seconds: f32) {
///     for particle in particles {
///         for axis in 0..2 {
///             particle.position[axis] += particle.velocity[axis] * seconds;
///         }
///     }
/// }
/// ```
///
/// The memory of `Buffer<Particle>`: records of 20 bytes, one after the other, as `#[repr(C)]` lays them out.
///
/// ```text
///   byte  0        4        8        12       16       20
///         ├────────┼────────┼────────┼────────┼────────┼────────┬──
///         │  position[0, 1] │  velocity[0, 1] │  mass  │ position …
///         └─────────────────┴─────────────────┴────────┴──────────
///         └───────────────── at(0) ────────────────────┴─ at(1) ──
/// ```
///
/// ```js
/// const particles = lend.alloc(Particle, 1000);    // 20,000 bytes, which Rust and JavaScript share
/// particles.at(0).mass = 2;                        // writes to that memory
/// const mass = particles.column('mass');           // mass.array[mass.offset + i * mass.stride]
/// step(particles, 0.1);                            // O(1): no record is copied
/// ```
///
/// A field is a number of up to 64 bits, or an array of such numbers. `at(i)` returns an object with the fields as
/// properties: a number is read and written in place, an array is copied out and in. An `Array` of objects may be
/// passed instead of a buffer that is read; it is converted, one copy.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an element type of wasm-lend",
    label = "not an element type",
    note = "a buffer holds `u8`, `i8`, `u16`, `i16`, `u32`, `i32`, `u64`, `i64`, `f32`, `f64` or `Clamped<u8>`",
    note = "a `#[repr(C)]` struct of those becomes one with `#[derive(Clone, Copy, Pod, Zeroable, Record)]` (`Pod` and `Zeroable` are bytemuck's)"
)]
///
/// # Safety
///
/// Only the derive implements it. [`registration`](Record::registration) belongs to this type alone and is always the
/// same: with that of another type, elements would be used with a wrong layout. Each of [`FIELDS`](Record::FIELDS) is
/// a field of the type, at its offset.
pub unsafe trait Record: bytemuck::Pod + Send + Sync {
    /// The name in JavaScript.
    #[doc(hidden)]
    const NAME: &'static str;
    /// The fields, in the order of their declaration.
    #[doc(hidden)]
    const FIELDS: &'static [Field];

    /// The place where the element tag is kept.
    #[doc(hidden)]
    fn registration() -> &'static Registration;
}

/// `Pod` by another name, which no message shows.
#[doc(hidden)]
pub trait PlainData: bytemuck::Pod + Send + Sync {}

impl<T: bytemuck::Pod + Send + Sync> PlainData for T {}

/// The place of a field in a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    name: &'static str,
    tag: u32,
    offset: usize,
    /// The length of an array, or 0 for a single number.
    length: usize,
}

impl Field {
    /// A field of type `T`, or `[T; length]`.
    #[must_use]
    pub const fn new<T: Number>(name: &'static str, offset: usize, length: usize) -> Self {
        Field { name, tag: T::TAG, offset, length }
    }
}

/// Compiles for number types only. The derive calls it for each field.
pub const fn assert_number<T: Number>() {}

impl<T: Record> sealed::Sealed for T {}

// SAFETY: Pod is valid for any bit pattern, without padding and without drop; the tag's layout is registered from the
// type.
unsafe impl<T: Record> Element for T {
    #[inline]
    fn tag() -> u32 {
        T::registration().tag(Layout::new::<T>())
    }

    const TYPED_ARRAY: Ts = Ts::Concat(&[Ts::Text("RecordArray<"), Ts::Text(T::NAME), Ts::Text(">")]);
    const OR_PLAIN: Ts = Ts::Concat(&[Ts::Text(" | Array<"), Ts::Text(T::NAME), Ts::Text(">")]);
    const OR_PLAIN_MUT: Ts = Ts::Text("");
}

/// The description of a record type for JavaScript: tag, size in bytes, and `name:tag:offset:length` of each field.
#[must_use]
pub fn describe_record<T: Record>() -> (u32, u32, JsValue) {
    let fields: Vec<String> = T::FIELDS
        .iter()
        .map(|Field { name, tag, offset, length }| format!("{name}:{tag}:{offset}:{length}"))
        .collect();
    (T::tag(), size_of::<T>() as u32, JsValue::from_str(&fields.join(",")))
}

#[cfg(all(test, not(loom)))]
mod tests {
    use bytemuck::{Pod, Zeroable};

    use super::*;
    use crate::element::layout_of;
    use crate::element::registered::FIRST;
    use crate::{Buffer, BufferMut};

    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
    struct Wide {
        one: u64,
        two: [u8; 8],
    }

    // SAFETY: the registration is of this type alone, and the fields are its fields.
    unsafe impl Record for Wide {
        const NAME: &'static str = "Wide";
        const FIELDS: &'static [Field] = &[Field::new::<u64>("one", 0, 0), Field::new::<u8>("two", 8, 8)];

        fn registration() -> &'static Registration {
            static REGISTRATION: Registration = Registration::new();
            &REGISTRATION
        }
    }

    #[test]
    fn a_record_has_a_tag_and_a_layout() {
        let tag = Wide::tag();
        assert_eq!(Wide::tag(), tag);
        assert!(tag >= FIRST);
        assert_eq!(layout_of(tag, 3), Layout::array::<Wide>(3).ok());
        assert_eq!(layout_of(tag, usize::MAX / 8), None);
        assert_eq!(layout_of(u32::MAX, 1), None);
        assert_eq!(layout_of(FIRST - 1, 1), None);
    }

    #[test]
    fn buffers_of_records_move_and_freeze() {
        let records = vec![Wide { one: u64::MAX, two: [7; 8] }; 5];
        let buffer = BufferMut::from(records.clone()).freeze();
        assert_eq!(*buffer.slice(1..3), records[1..3]);
        assert_eq!(buffer.into_vec(), records);
        assert!(Buffer::<Wide>::from(Vec::new()).is_empty());
    }
}
