use wasm_lend::export;

#[export]
pub async fn later(value: &wasm_lend::JsValue) -> bool {
    value.is_null()
}

fn main() {}
