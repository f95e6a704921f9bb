use wasm_lend::export;

#[export(name = "default")]
pub fn f() {}

fn main() {}
