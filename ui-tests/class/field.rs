use wasm_lend::export;

pub struct Opaque;

#[export]
pub struct Editor {
    pub opaque: Opaque,
}

fn main() {}
