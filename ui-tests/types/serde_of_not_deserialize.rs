use wasm_lend::export;

pub struct Mine;

#[export]
pub fn takes(value: wasm_lend::Serde<Mine>) {
    let _ = value;
}

fn main() {}
