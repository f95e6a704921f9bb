#![allow(unused_variables)]
use wasm_lend::export;

#[export]
pub mod api {
    pub fn generic<T>(value: T) {}

    pub fn text(value: &str) {}

    /// This function is not exported, so it may take anything.
    fn private<T>(value: T) {}
}

fn main() {}
