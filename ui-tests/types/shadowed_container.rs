#![allow(unused_variables)]
use wasm_lend::export;

struct Vec<T>(T);

#[export]
pub fn takes(values: Vec<u8>) {}

fn main() {}
