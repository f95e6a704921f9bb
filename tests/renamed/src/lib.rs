//! A crate that depends on wasm-lend under another name, and not on wasm-bindgen.
#![forbid(unsafe_code)]

/// The sum of all bytes.
#[other_name::export(crate = other_name)]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().sum()
}

/// A module.
#[other_name::export(crate = ::other_name)]
pub mod api {
    /// Twice the value.
    pub fn twice(value: u8) -> u8 {
        value * 2
    }
}
