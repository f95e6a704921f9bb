use wasm_lend::export;

#[export]
pub fn takes(value: std::time::Duration) {
    let _ = value;
}

fn main() {}
