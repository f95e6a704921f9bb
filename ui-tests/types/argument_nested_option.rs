use wasm_lend::export;

#[export]
pub fn takes(value: Option<Option<u8>>) {
    let _ = value;
}

fn main() {}
