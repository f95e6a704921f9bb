use wasm_lend::export;

#[export(skip_typescript, skip_typescript)]
pub fn f() {}

fn main() {}
