use wasm_lend::export;

#[export]
pub fn takes(value: &[Vec<u8>]) {
    let _ = value;
}

fn main() {}
