//! The smallest package: one function of numbers.
#![allow(missing_docs)]

use wasm_lend::export;

#[export]
pub fn add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}
