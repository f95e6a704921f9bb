use wasm_lend::IntoJs;

#[derive(IntoJs)]
#[lend(name = "x")]
pub struct Meters(f64);

fn main() {}
