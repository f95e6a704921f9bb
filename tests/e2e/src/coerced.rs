//! Numbers that are converted, beside the same functions of wasm-bindgen.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::export;

macro_rules! same {
    ($($type:ty: $ours:ident $theirs:ident, $ours_maybe:ident $theirs_maybe:ident;)*) => {$(
        #[export(coerce)]
        pub fn $ours(value: $type) -> $type {
            value
        }

        #[wasm_bindgen]
        pub fn $theirs(value: $type) -> $type {
            value
        }

        #[export(coerce)]
        pub fn $ours_maybe(value: Option<$type>) -> Option<$type> {
            value
        }

        #[wasm_bindgen]
        pub fn $theirs_maybe(value: Option<$type>) -> Option<$type> {
            value
        }
    )*};
}

same! {
    u8: coerced_u8 bindgen_u8, coerced_maybe_u8 bindgen_maybe_u8;
    i8: coerced_i8 bindgen_i8, coerced_maybe_i8 bindgen_maybe_i8;
    u16: coerced_u16 bindgen_u16, coerced_maybe_u16 bindgen_maybe_u16;
    i16: coerced_i16 bindgen_i16, coerced_maybe_i16 bindgen_maybe_i16;
    u32: coerced_u32 bindgen_u32, coerced_maybe_u32 bindgen_maybe_u32;
    i32: coerced_i32 bindgen_i32, coerced_maybe_i32 bindgen_maybe_i32;
    u64: coerced_u64 bindgen_u64, coerced_maybe_u64 bindgen_maybe_u64;
    i64: coerced_i64 bindgen_i64, coerced_maybe_i64 bindgen_maybe_i64;
    f32: coerced_f32 bindgen_f32, coerced_maybe_f32 bindgen_maybe_f32;
    f64: coerced_f64 bindgen_f64, coerced_maybe_f64 bindgen_maybe_f64;
    usize: coerced_usize bindgen_usize, coerced_maybe_usize bindgen_maybe_usize;
    bool: coerced_bool bindgen_bool, coerced_maybe_bool bindgen_maybe_bool;
}

/// Everything else is still checked.
#[export(coerce)]
pub fn coerced_beside(count: u8, letter: char, bytes: &mut [u8]) -> u32 {
    bytes.fill(count);
    u32::from(count) + u32::from(letter)
}

#[export(coerce)]
pub mod coerced_module {
    pub fn coerced_in_module(value: i32) -> i32 {
        value
    }
}

/// A class whose numbers are converted.
#[export(coerce)]
pub struct Coerced {
    pub value: u8,
}

#[export(coerce)]
impl Coerced {
    pub fn new(value: u8) -> Self {
        Coerced { value }
    }

    pub fn add(&mut self, value: u8) -> u8 {
        self.value = self.value.wrapping_add(value);
        self.value
    }
}
