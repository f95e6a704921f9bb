use wasm_lend::export;

#[export]
pub struct Editor;

#[export]
impl Editor {
    pub fn new() -> Self {
        Editor
    }

    #[lend(constructor)]
    pub fn with(text: String) -> Self {
        let _ = text;
        Editor
    }

    #[lend(constructor)]
    pub fn number() -> u32 {
        0
    }
}

fn main() {}
