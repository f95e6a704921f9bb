use wasm_lend::export;

use wasm_lend::{Callback, JsRef};

#[export]
pub async fn wait(value: JsRef<'_>, f: Callback<'_, (f64,)>) {
    let _ = (value, f);
}

fn main() {}
