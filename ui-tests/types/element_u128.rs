use wasm_lend::export;

#[export]
pub fn takes(value: &[u128]) {
    let _ = value;
}

fn main() {}
