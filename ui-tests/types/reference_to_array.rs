use wasm_lend::export;

#[export]
pub fn takes(values: &[String; 3]) {
    let _ = values;
}

fn main() {}
