use wasm_lend::export;

#[export]
pub struct Image {
    width: u32,
}

#[export]
pub const LIMIT: u32 = 1;

fn main() {}
