//! Functions that return their scalar argument, alone and in an `Option`.

use wasm_lend::export;

macro_rules! same {
    ($($same:ident $maybe:ident $is:ident $type:ty;)*) => {
        #[export]
        pub mod scalars {
            $(
                pub fn $same(value: $type) -> $type {
                    value
                }

                pub fn $maybe(value: Option<$type>) -> Option<$type> {
                    value
                }

                /// The number as Rust prints it.
                pub fn $is(value: Option<$type>) -> String {
                    format!("{value:?}")
                }
            )*
        }
    };
}

same! {
    same_usize maybe_usize is_usize usize;
    same_isize maybe_isize is_isize isize;
    same_char maybe_char is_char char;
    same_u64 maybe_u64 is_u64 u64;
    same_i64 maybe_i64 is_i64 i64;
    same_u128 maybe_u128 is_u128 u128;
    same_i128 maybe_i128 is_i128 i128;
    also_u8 maybe_u8 is_u8 u8;
    also_i8 maybe_i8 is_i8 i8;
    also_u16 maybe_u16 is_u16 u16;
    also_i16 maybe_i16 is_i16 i16;
    also_u32 maybe_u32 is_u32 u32;
    also_i32 maybe_i32 is_i32 i32;
    also_f32 maybe_f32 is_f32 f32;
    also_f64 maybe_f64 is_f64 f64;
    also_bool maybe_bool is_bool bool;
}

/// Two wide numbers and two optional numbers in one call.
#[export]
pub fn many(a: u128, b: Option<i128>, c: Option<f64>, d: i64) -> String {
    format!("{a} {b:?} {c:?} {d}")
}

/// Defaults for omitted arguments.
#[export]
pub fn defaults(
    base: u32,
    #[lend(default = 2)] factor: u32,
    #[lend(default = "x")] unit: &str,
    #[lend(default = &[1.0])] weights: &[f32],
    #[lend(default = vec!["a".to_owned()])] names: Vec<String>,
    limit: Option<u8>,
) -> String {
    format!("{base} {factor} {unit} {weights:?} {names:?} {limit:?}")
}
