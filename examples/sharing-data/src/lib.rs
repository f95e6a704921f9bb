//! Several functions over one buffer, without a copy.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::{Buffer, export};

/// The sum of all bytes, wrapping around at 256.
#[export]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| sum.wrapping_add(*value))
}

/// The product of all bytes, wrapping around at 256.
#[export]
pub fn product(values: &[u8]) -> u8 {
    values.iter().fold(1, |product, value| product.wrapping_mul(*value))
}

/// The number of times that each byte occurs: 256 counts.
#[export]
pub fn histogram(values: &[u8]) -> Buffer<u32> {
    let mut counts = vec![0; 256];
    for value in values {
        counts[usize::from(*value)] += 1;
    }
    Buffer::from(counts)
}

/// The address of the bytes in Rust.
#[export]
pub fn address_of(values: &[u8]) -> u32 {
    values.as_ptr().addr() as u32
}

/// The byte in the middle, or 0. This takes the same time for any length, so that mainly the cost of the call is measured.
#[export]
pub fn middle(values: &[u8]) -> u8 {
    values.get(values.len() / 2).copied().unwrap_or(0)
}

/// `middle` with wasm-bindgen, which copies the slice into wasm memory.
#[wasm_bindgen]
pub fn bindgen_middle(values: &[u8]) -> u8 {
    middle(values)
}

/// `sum` with wasm-bindgen.
#[wasm_bindgen]
pub fn bindgen_sum(values: &[u8]) -> u8 {
    sum(values)
}
