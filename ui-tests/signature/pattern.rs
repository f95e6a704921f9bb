use wasm_lend::export;

#[export]
pub fn ignored(_: u8, (a, b): (u8, u8)) -> u8 {
    a + b
}

fn main() {}
