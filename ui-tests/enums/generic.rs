use wasm_lend::export;

#[export]
pub enum Mode<const N: u8> {
    Fast,
}

fn main() {}
