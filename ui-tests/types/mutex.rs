use wasm_lend::export;

#[export]
pub fn takes(value: std::sync::Mutex<u8>) {
    let _ = value;
}

fn main() {}
