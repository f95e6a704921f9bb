use wasm_lend::export;

#[export(name = other)]
pub fn f() {}

fn main() {}
