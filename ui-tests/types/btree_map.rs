use std::collections::BTreeMap;

use wasm_lend::export;

#[export]
pub fn takes(value: Vec<BTreeMap<String, u32>>) {
    let _ = value;
}

fn main() {}
