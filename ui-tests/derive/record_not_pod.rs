use wasm_lend::Record;

#[repr(C)]
#[derive(Clone, Copy, Record)]
pub struct Point {
    pub x: f32,
}

fn main() {}
