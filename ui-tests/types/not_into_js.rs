use wasm_lend::export;

pub struct Mine;

#[export]
pub fn gives() -> Mine {
    loop {}
}

fn main() {}
