use wasm_lend::export;

#[export]
pub fn takes(value: Box<dyn Fn(u8) -> u8>) {
    let _ = value;
}

fn main() {}
