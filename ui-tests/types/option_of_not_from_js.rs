use wasm_lend::export;

pub struct Mine;

#[export]
pub fn takes(value: Option<Mine>) {
    let _ = value;
}

fn main() {}
