#![allow(varargs_without_pattern)]
use wasm_lend::export;

#[export]
pub unsafe extern "C" fn sum(count: u32, ...) -> u32 {
    count
}

fn main() {}
