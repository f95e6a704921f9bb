use wasm_lend::export;

#[export]
pub extern "C" fn sum(a: u8, b: u8) -> u8 {
    a + b
}

fn main() {}
