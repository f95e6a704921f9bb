use wasm_lend::Record;

#[derive(Clone, Copy, Record)]
pub struct Point {
    pub x: f32,
}

fn main() {}
