use wasm_lend::export;

#[export]
pub fn takes(value: &[String]) {
    let _ = value;
}

fn main() {}
