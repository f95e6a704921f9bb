use wasm_lend::export;

#[export]
pub fn takes(value: Vec<&str>) {
    let _ = value;
}

fn main() {}
