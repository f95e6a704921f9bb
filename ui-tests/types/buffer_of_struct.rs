use wasm_lend::export;

#[derive(Clone, Copy)]
pub struct Point {
    pub x: f32,
}

#[export]
pub fn takes(value: wasm_lend::BufferMut<Point>) {
    let _ = value;
}

fn main() {}
