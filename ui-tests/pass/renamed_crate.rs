// `tests/renamed` is a crate that depends on wasm-lend only under another name.
extern crate wasm_lend as renamed;

#[renamed::export(crate = renamed)]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().sum()
}

mod inner {
    pub use wasm_lend as lend;
}

#[inner::lend::export(crate = crate::inner::lend)]
pub mod api {
    pub fn product(values: &[u8]) -> u8 {
        values.iter().product()
    }
}

fn main() {}
