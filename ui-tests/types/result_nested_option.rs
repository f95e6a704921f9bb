use wasm_lend::export;

#[export]
pub fn gives() -> Option<Option<u8>> {
    loop {}
}

fn main() {}
