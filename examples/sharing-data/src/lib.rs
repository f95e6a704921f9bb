//! Several functions over one buffer, without a copy.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::{Buffer, export};

/// The sum of all bytes, wrapping round at 256.
#[export]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| sum.wrapping_add(*value))
}

/// The product of all bytes, wrapping round at 256.
#[export]
pub fn product(values: &[u8]) -> u8 {
    values.iter().fold(1, |product, value| product.wrapping_mul(*value))
}

/// How often each byte occurs: 256 counts.
#[export]
pub fn histogram(values: &[u8]) -> Buffer<u32> {
    let mut counts = vec![0; 256];
    for value in values {
        counts[usize::from(*value)] += 1;
    }
    Buffer::from(counts)
}

/// The address at which Rust sees the bytes.
#[export]
pub fn address_of(values: &[u8]) -> u32 {
    values.as_ptr().addr() as u32
}

/// The byte at the middle, or 0: work that costs the same for any length, so that what is left is the price of the call.
#[export]
pub fn middle(values: &[u8]) -> u8 {
    values.get(values.len() / 2).copied().unwrap_or(0)
}

/// `middle` behind wasm-bindgen, which copies the slice in.
#[wasm_bindgen]
pub fn bindgen_middle(values: &[u8]) -> u8 {
    middle(values)
}

/// `sum` behind wasm-bindgen.
#[wasm_bindgen]
pub fn bindgen_sum(values: &[u8]) -> u8 {
    sum(values)
}
