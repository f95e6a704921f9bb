#![allow(unused_variables)]
use wasm_lend::export;

struct Buffer<T>(T);

#[export]
pub fn takes(values: Buffer<u8>) {}

fn main() {}
