use wasm_lend::export;

#[export]
pub fn gives() -> Option<Result<u8, String>> {
    loop {}
}

fn main() {}
