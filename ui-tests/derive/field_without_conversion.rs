use wasm_lend::{FromJs, IntoJs};

pub struct Mine;

#[derive(FromJs)]
pub struct Size {
    pub width: f64,
    pub mine: Mine,
}

#[derive(IntoJs)]
pub enum Shape {
    Circle { radius: Mine },
    Square(f64, Mine),
}

fn main() {}
