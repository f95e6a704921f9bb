//! Maps, and mutable buffers inside other values.

use std::collections::{BTreeMap, HashMap};

use wasm_lend::{BufferMut, export};

#[export]
pub fn counts(words: BTreeMap<String, u32>) -> HashMap<String, u32> {
    words.into_iter().collect()
}

#[export]
pub fn split(parts: Vec<BufferMut<u8>>, one: Option<(BufferMut<f32>, u32)>) -> Vec<BufferMut<u8>> {
    drop(one);
    parts
}

fn main() {}
