use wasm_lend::export;

#[export]
pub fn takes(value: &mut Vec<f32>) {
    let _ = value;
}

fn main() {}
