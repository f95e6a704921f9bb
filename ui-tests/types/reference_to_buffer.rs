use wasm_lend::export;

#[export]
pub fn takes(value: &wasm_lend::Buffer<f32>) {
    let _ = value;
}

fn main() {}
