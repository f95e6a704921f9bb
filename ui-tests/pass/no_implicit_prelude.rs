#![no_implicit_prelude]

#[::wasm_lend::export]
pub fn sum(values: &[u8], buffer: ::wasm_lend::Buffer<f32>) -> ::std::vec::Vec<u8> {
    let _ = buffer;
    values.to_vec()
}

fn main() {}
