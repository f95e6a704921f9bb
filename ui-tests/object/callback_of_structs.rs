use wasm_lend::export;

use wasm_lend::Callback;

pub struct Opaque;

#[export]
pub fn call(f: Callback<'_, (Opaque,), u32>, g: Callback<'_, (u32,), Opaque>) {
    let _ = (f, g);
}

fn main() {}
