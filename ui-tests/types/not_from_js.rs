use wasm_lend::export;

pub struct Mine;

#[export]
pub fn takes(value: Mine) {
    let _ = value;
}

fn main() {}
