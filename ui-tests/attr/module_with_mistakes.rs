#![allow(unused_variables)]
use wasm_lend::export;

#[export]
pub mod api {
    pub fn generic<T>(value: T) {}

    pub fn text(value: &str) {}

    /// Not exported, so whatever it takes is fine.
    fn private<T>(value: T) {}
}

fn main() {}
