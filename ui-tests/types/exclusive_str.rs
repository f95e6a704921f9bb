use wasm_lend::export;

#[export]
pub fn takes(value: &mut str) {
    let _ = value;
}

fn main() {}
