#![allow(unused_variables)]
use wasm_lend::export;

#[export]
pub fn takes(pointer: *const u8, number: &u8, text: &String, nothing: (), inner: Vec<&str>) {}

fn main() {}
