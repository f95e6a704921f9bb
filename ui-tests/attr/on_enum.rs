use wasm_lend::export;

#[export]
pub enum E {
    A,
}

fn main() {}
