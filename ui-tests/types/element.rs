#![allow(unused_variables)]
use wasm_lend::export;

use wasm_lend::{Buffer, BufferMut, Clamped};

#[export]
pub fn takes(a: &[bool], b: &mut [usize], c: Buffer<char>, d: BufferMut<Clamped<f32>>, e: Vec<String>) {}

fn main() {}
