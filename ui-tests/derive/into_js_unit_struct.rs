use wasm_lend::IntoJs;

#[derive(IntoJs)]
pub struct Nothing;

fn main() {}
