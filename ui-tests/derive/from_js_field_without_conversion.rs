use wasm_lend::FromJs;

pub struct Mine;

#[derive(FromJs)]
pub struct Wrapped(Mine);

fn main() {}
