use wasm_lend::export;

#[export]
pub fn takes(value: [u8]) {
    let _ = value;
}

fn main() {}
