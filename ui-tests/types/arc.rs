use wasm_lend::export;

#[export]
pub fn takes(value: std::sync::Arc<[u8]>) {
    let _ = value;
}

fn main() {}
