use wasm_lend::export;

#[export]
pub struct Editor;

#[export]
impl Default for Editor {
    fn default() -> Self {
        Editor
    }
}

fn main() {}
