use wasm_lend::export;

#[export]
pub fn sum(values: impl Iterator<Item = u8>) -> u8 {
    values.sum()
}

#[export]
pub fn numbers() -> impl Iterator<Item = u8> {
    0..10
}

fn main() {}
