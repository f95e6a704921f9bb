use wasm_lend::export;

#[export]
pub fn takes(value: std::path::PathBuf) {
    let _ = value;
}

fn main() {}
