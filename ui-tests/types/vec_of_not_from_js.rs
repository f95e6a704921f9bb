use wasm_lend::export;

pub struct Mine;

#[export]
pub fn takes(value: Vec<Mine>) {
    let _ = value;
}

fn main() {}
