use wasm_lend::export;

#[export]
pub fn first<T: Copy>(values: &[T]) -> T {
    values[0]
}

#[export]
pub fn array<const N: usize>(values: &[u8]) -> u8 {
    values[N]
}

fn main() {}
