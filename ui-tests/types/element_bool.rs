use wasm_lend::export;

#[export]
pub fn takes(value: &mut [bool]) {
    let _ = value;
}

fn main() {}
