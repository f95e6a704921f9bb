use wasm_lend::Record;

#[repr(C)]
#[derive(Clone, Copy, Record)]
pub struct Point(f32, f32);

fn main() {}
