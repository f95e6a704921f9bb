use wasm_lend::{JsObject, JsRef, export};

#[export]
pub fn remember(borrowed: JsRef<'_>, owned: JsObject) -> Option<JsObject> {
    borrowed.is_function().then_some(owned)
}

fn main() {}
