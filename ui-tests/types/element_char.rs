use wasm_lend::export;

#[export]
pub fn takes(value: &[char]) {
    let _ = value;
}

fn main() {}
