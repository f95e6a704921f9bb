use wasm_lend::export;

#[export]
pub fn takes(value: std::cell::RefCell<u8>) {
    let _ = value;
}

fn main() {}
