//! Every element type, in every kind of argument and result.

use wasm_lend::{Buffer, BufferMut, Clamped, export};

macro_rules! element {
    ($module:ident, $type:ty, $last:ident, $reverse:ident, $keep:ident, $take:ident, $vec:ident) => {
        #[export]
        pub mod $module {
            use super::*;

            /// The last element.
            pub fn $last(values: &[$type]) -> Vec<$type> {
                values.last().copied().into_iter().collect()
            }
            /// Reverses the elements.
            pub fn $reverse(values: &mut [$type]) {
                values.reverse();
            }
            /// The same buffer.
            pub fn $keep(values: Buffer<$type>) -> Buffer<$type> {
                values
            }
            /// The same buffer with its elements reversed.
            pub fn $take(mut values: BufferMut<$type>) -> BufferMut<$type> {
                values.reverse();
                values
            }
            /// A plain array with the elements reversed.
            pub fn $vec(mut values: Vec<$type>) -> Vec<$type> {
                values.reverse();
                values
            }
        }
    };
}

element!(of_u8, u8, last_u8, reverse_u8, keep_u8, take_u8, vec_u8);
element!(of_i8, i8, last_i8, reverse_i8, keep_i8, take_i8, vec_i8);
element!(of_u16, u16, last_u16, reverse_u16, keep_u16, take_u16, vec_u16);
element!(of_i16, i16, last_i16, reverse_i16, keep_i16, take_i16, vec_i16);
element!(of_u32, u32, last_u32, reverse_u32, keep_u32, take_u32, vec_u32);
element!(of_i32, i32, last_i32, reverse_i32, keep_i32, take_i32, vec_i32);
element!(of_u64, u64, last_u64, reverse_u64, keep_u64, take_u64, vec_u64);
element!(of_i64, i64, last_i64, reverse_i64, keep_i64, take_i64, vec_i64);
element!(of_f32, f32, last_f32, reverse_f32, keep_f32, take_f32, vec_f32);
element!(of_f64, f64, last_f64, reverse_f64, keep_f64, take_f64, vec_f64);
element!(of_clamped, Clamped<u8>, last_clamped, reverse_clamped, keep_clamped, take_clamped, vec_clamped);
