use wasm_lend::export;

#[export]
pub fn f(#[lend(default = &wasm_lend::JsValue::NULL)] value: &wasm_lend::JsValue) {
    let _ = value;
}

fn main() {}
