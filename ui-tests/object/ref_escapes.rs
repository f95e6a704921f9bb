use wasm_lend::export;

use std::cell::RefCell;

use wasm_lend::JsRef;

thread_local!(static KEPT: RefCell<Option<JsRef<'static>>> = const { RefCell::new(None) });

#[export]
pub fn keep(value: JsRef<'static>) {
    KEPT.set(Some(value));
}

#[export]
pub fn keep_any(value: JsRef<'_>) {
    KEPT.set(Some(value));
}

fn main() {}
