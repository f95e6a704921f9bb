use wasm_lend::export;

#[export]
pub fn tail(values: &[u8]) -> &[u8] {
    &values[1..]
}

fn main() {}
