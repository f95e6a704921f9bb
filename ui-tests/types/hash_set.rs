use std::collections::HashSet;

use wasm_lend::export;

#[export]
pub fn takes(value: HashSet<u32>) {
    let _ = value;
}

fn main() {}
