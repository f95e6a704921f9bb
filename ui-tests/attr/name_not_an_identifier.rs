use wasm_lend::export;

#[export(name = "two words")]
pub fn f() {}

fn main() {}
