use wasm_lend::export;

use wasm_lend::{JsObject, JsRef};

fn send<T: Send>(_: T) {}

#[export]
pub fn other_thread(value: JsObject, borrowed: JsRef<'_>) {
    send(value);
    send(borrowed);
}

fn main() {}
