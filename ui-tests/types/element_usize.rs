use wasm_lend::export;

#[export]
pub fn takes(value: &[usize]) {
    let _ = value;
}

fn main() {}
