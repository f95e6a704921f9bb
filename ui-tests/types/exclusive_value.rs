use wasm_lend::export;

#[export]
pub fn takes(value: &mut wasm_lend::JsValue) {
    let _ = value;
}

fn main() {}
