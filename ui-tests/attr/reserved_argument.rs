use wasm_lend::export;

#[export]
pub fn f(#[lend(name = "new")] a: u8) -> u8 {
    a
}

fn main() {}
