#![allow(unused_variables)]
use wasm_lend::export;

struct Mine;

#[export]
pub fn takes(text: &str, mine: Mine, pointer: *const u8, array: [u8; 4], number: &u8, tuple: (u8, u8)) {}

fn main() {}
