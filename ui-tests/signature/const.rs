use wasm_lend::export;

#[export]
pub const fn twice(value: u8) -> u8 {
    value * 2
}

fn main() {}
