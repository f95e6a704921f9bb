use wasm_lend::export;

#[export(name = "LendError")]
pub fn f() {}

fn main() {}
