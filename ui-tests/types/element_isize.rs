use wasm_lend::export;

#[export]
pub fn takes(value: wasm_lend::Buffer<isize>) {
    let _ = value;
}

fn main() {}
