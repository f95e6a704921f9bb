// A package with one of these names could not be loaded.
use wasm_lend::export;

#[export]
pub fn then(x: u32) -> u32 {
    x
}

#[export]
pub fn eval(x: u32) -> u32 {
    x
}

#[export(name = "arguments")]
pub fn count(x: u32) -> u32 {
    x
}

fn main() {}
