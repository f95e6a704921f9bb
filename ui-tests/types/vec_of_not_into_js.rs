use wasm_lend::export;

pub struct Mine;

#[export]
pub fn gives() -> Vec<Mine> {
    loop {}
}

fn main() {}
