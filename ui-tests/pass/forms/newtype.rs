use wasm_lend::{FromJs, IntoJs, export};

#[derive(FromJs, IntoJs)]
pub struct Meters(f64);

#[export]
pub fn twice(length: Meters) -> Meters {
    Meters(length.0 * 2.0)
}

fn main() {}
