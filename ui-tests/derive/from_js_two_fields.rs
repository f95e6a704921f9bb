use wasm_lend::FromJs;

#[derive(FromJs)]
pub struct Pair(u8, u8);

fn main() {}
