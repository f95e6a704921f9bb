use wasm_lend::export;

use wasm_lend::{ExportedClosure, export_closure};

pub struct Opaque;

#[export]
pub fn make(text: &str) -> ExportedClosure {
    export_closure(|value: Opaque| drop(value))
}

fn main() {}
