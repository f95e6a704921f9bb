use wasm_lend::export;

#[export]
pub fn takes(value: &[wasm_lend::JsValue]) {
    let _ = value;
}

fn main() {}
