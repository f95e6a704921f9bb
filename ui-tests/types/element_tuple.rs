use wasm_lend::export;

#[export]
pub fn takes(value: &[(f32, f32)]) {
    let _ = value;
}

fn main() {}
