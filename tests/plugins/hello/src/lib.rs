//! The least that a plugin can be, for its size.

#![allow(missing_docs)]

use wasm_lend::export;

/// Greets.
#[export]
pub fn hello(name: &str) -> String {
    format!("Hello, {name}!")
}
