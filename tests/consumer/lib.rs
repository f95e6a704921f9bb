//! A crate that depends on wasm-lend alone.

use wasm_lend::{Buffer, export};

/// The even bytes.
#[export]
pub fn even(values: &[u8]) -> Buffer<u8> {
    Buffer::from(values.iter().copied().filter(|value| value % 2 == 0).collect::<Vec<_>>())
}
