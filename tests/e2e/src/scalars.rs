//! A function for every scalar type.

use wasm_lend::export;

/// Functions that return their argument.
#[export]
pub mod same {
    pub fn same_u8(value: u8) -> u8 {
        value
    }
    pub fn same_i8(value: i8) -> i8 {
        value
    }
    pub fn same_u16(value: u16) -> u16 {
        value
    }
    pub fn same_i16(value: i16) -> i16 {
        value
    }
    pub fn same_u32(value: u32) -> u32 {
        value
    }
    pub fn same_i32(value: i32) -> i32 {
        value
    }
    pub fn same_f32(value: f32) -> f32 {
        value
    }
    pub fn same_f64(value: f64) -> f64 {
        value
    }
    pub fn same_bool(value: bool) -> bool {
        value
    }
    pub fn nothing() {}
    #[allow(clippy::unused_unit)]
    pub fn nothing_explicit() -> () {}
    #[allow(dead_code)]
    fn not_exported() {}
    pub(crate) fn not_exported_either() {}
}

const _: fn() = same::not_exported_either;
