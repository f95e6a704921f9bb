use wasm_lend::export;

#[export]
pub fn gives() -> (u8, &'static [u8]) {
    loop {}
}

fn main() {}
