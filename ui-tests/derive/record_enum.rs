use wasm_lend::Record;

#[repr(C)]
#[derive(Clone, Copy, Record)]
pub enum Kind {
    A,
}

fn main() {}
