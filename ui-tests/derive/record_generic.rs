use wasm_lend::Record;

#[repr(C)]
#[derive(Clone, Copy, Record)]
pub struct Point<T> {
    pub x: T,
}

fn main() {}
