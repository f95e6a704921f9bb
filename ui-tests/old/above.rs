use wasm_bindgen::prelude::*;
use wasm_lend::export;

#[export]
pub struct Editor;

#[wasm_bindgen]
#[export]
impl Editor {
    pub fn new() -> Self {
        Editor
    }

    pub fn insert(&mut self) {}
}

#[wasm_bindgen]
#[export]
pub fn sum(a: u32) -> u32 {
    a
}

#[wasm_bindgen]
#[export]
pub struct Viewer {
    pub text: u32,
}

fn main() {}
