// Users may give their own items any names. The expansion still uses the real ones.
#![allow(dead_code, unused_macros, non_camel_case_types, non_upper_case_globals)]

use wasm_lend::export;

struct Vec;
struct Result;
struct Option;
struct Ok;
struct Err;
struct Some;
struct u32;
struct i32;
struct str;
struct bool;
mod core {}
mod std {}
mod wasm_bindgen {}
macro_rules! assert { () => {} }

#[export]
pub fn sum(values: &[u8], __lend: u8) -> u8 {
    values[0] + __lend
}

#[export]
pub mod api {
    use super::*;

    pub fn scale(values: &mut [f32], factor: f32) {
        values[0] *= factor;
    }
}

const result: () = ();
static argument0: () = ();

#[export]
pub fn numbered(first: &[u8], second: &mut [u8], last: u8) -> u8 {
    first[0] + second[0] + last
}

fn main() {}
