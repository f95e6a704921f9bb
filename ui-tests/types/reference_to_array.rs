use wasm_lend::export;

#[export]
pub fn takes(value: &[f32; 3]) {
    let _ = value;
}

fn main() {}
