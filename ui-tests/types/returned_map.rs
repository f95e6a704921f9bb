use std::collections::HashMap;

use wasm_lend::export;

#[export]
pub fn gives() -> HashMap<String, u32> {
    loop {}
}

fn main() {}
