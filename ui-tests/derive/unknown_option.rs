use wasm_lend::{FromJs, IntoJs};

#[derive(IntoJs)]
#[lend(size = "x")]
pub struct Meters(f64);

#[derive(IntoJs)]
#[lend(name = "Length")]
pub struct Inches(f64);

#[derive(FromJs)]
#[lend(object)]
pub struct Feet(f64);

#[derive(FromJs)]
#[lend(rename_all = "kebab-case")]
pub struct Size {
    #[lend(skip)]
    pub width: f64,
    pub height: f64,
}

#[derive(FromJs)]
pub enum Shape {
    #[lend(tag = "circle")]
    Circle { radius: f64 },
}

fn main() {}
