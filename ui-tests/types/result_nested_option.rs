use wasm_lend::export;

#[export]
pub fn gives() -> Option<Option<u8>> {
    todo!()
}

fn main() {}
