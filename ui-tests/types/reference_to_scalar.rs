use wasm_lend::export;

#[export]
pub fn takes(value: &mut u32) {
    let _ = value;
}

fn main() {}
