use wasm_lend::export;

#[export]
pub enum Never {}

fn main() {}
