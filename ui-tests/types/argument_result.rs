use wasm_lend::export;

#[export]
pub fn takes(value: Result<u8, String>) {
    let _ = value;
}

fn main() {}
