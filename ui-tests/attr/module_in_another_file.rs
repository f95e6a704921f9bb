use wasm_lend::export;

#[export]
mod elsewhere;

fn main() {}
