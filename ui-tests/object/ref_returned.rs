use wasm_lend::export;

use wasm_lend::JsRef;

#[export]
pub fn same<'a>(value: JsRef<'a>) -> JsRef<'a> {
    value
}

fn main() {}
