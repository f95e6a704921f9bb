use wasm_lend::export;

use wasm_lend::{ExportedClosure, export_closure};

pub struct Opaque;

// A function and not a closure, because rustc names a closure after its file's path, which differs between machines.
fn consume(_: Opaque) {}

#[export]
pub fn make(text: &str) -> ExportedClosure {
    export_closure(consume)
}

fn main() {}
