use wasm_lend::export;

#[export]
pub fn takes(value: std::collections::VecDeque<u8>) {
    let _ = value;
}

fn main() {}
