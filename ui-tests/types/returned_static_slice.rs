use wasm_lend::export;

#[export]
pub fn gives() -> &'static [u8] {
    &[1]
}

fn main() {}
