use wasm_lend::export;

pub struct Mine;

#[export]
pub fn gives() -> Result<u8, Mine> {
    loop {}
}

fn main() {}
