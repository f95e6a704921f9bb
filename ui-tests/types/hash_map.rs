use std::collections::HashMap;

use wasm_lend::export;

#[export]
pub fn takes(value: HashMap<String, u32>) {
    let _ = value;
}

fn main() {}
