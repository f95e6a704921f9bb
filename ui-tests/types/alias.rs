use wasm_lend::export;

#[allow(non_camel_case_types)]
type u8 = f64;

#[export]
pub fn scalar(value: u8) {}

#[export]
pub fn slice(values: &[u8]) {}

#[export]
pub fn result() -> u8 {
    0.0
}

fn main() {}
