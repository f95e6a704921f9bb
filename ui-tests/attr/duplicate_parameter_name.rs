use wasm_lend::export;

#[export]
pub fn f(a: u8, #[lend(name = a)] b: u8) -> u8 {
    a + b
}

fn main() {}
