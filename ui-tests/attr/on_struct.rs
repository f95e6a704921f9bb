use wasm_lend::export;

#[export]
pub struct S;

fn main() {}
