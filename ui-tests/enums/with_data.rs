// The enum with the mistake still can be passed, so that its users cause no other errors.
use wasm_lend::export;

#[export]
pub enum Shape {
    Point,
    Circle { radius: f64 },
    Square(f64),
}

#[export]
pub fn same(shape: Shape) -> Option<Shape> {
    Some(shape)
}

fn main() {}
