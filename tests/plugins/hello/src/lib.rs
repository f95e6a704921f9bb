//! The smallest plugin. A test checks its size.

#![allow(missing_docs)]

use wasm_lend::export;

/// Greets.
#[export]
pub fn hello(name: &str) -> String {
    format!("Hello, {name}!")
}
