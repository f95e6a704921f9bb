#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, clippy::all)]
//! Users may forbid unsafe code in crates with exported functions.

/// Documented.
#[wasm_lend::export]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().sum()
}

/// Documented.
#[wasm_lend::export]
pub mod api {
    /// Documented.
    pub fn product(values: &mut [u8]) -> u8 {
        values.iter().product()
    }
}

fn main() {}
