use wasm_lend::{Clamped, export};

#[export]
pub fn takes(value: Clamped<u8>) {
    let _ = value;
}

#[export]
pub fn takes_some(value: Option<Clamped<u8>>) {
    let _ = value;
}

#[export]
pub fn gives() -> Clamped<u8> {
    Clamped(0)
}

fn main() {}
