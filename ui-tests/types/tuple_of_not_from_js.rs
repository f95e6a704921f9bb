use wasm_lend::export;

pub struct Mine;

#[export]
pub fn takes(value: (u8, Mine)) {
    let _ = value;
}

fn main() {}
