use wasm_lend::Record;

#[repr(C)]
#[derive(Clone, Copy, Record)]
pub struct Point {
    pub a: bool,
    pub b: usize,
    pub c: (f32, f32),
    pub d: &'static str,
}

fn main() {}
