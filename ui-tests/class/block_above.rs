use wasm_lend::export;

#[export]
impl Editor {
    pub fn length(&self) -> u32 {
        0
    }
}

#[export(name = "TextEditor")]
pub struct Editor;

#[export(name = "TextEditor")]
impl Viewer {
    pub fn length(&self) -> u32 {
        0
    }
}

#[export(name = "TextEditor")]
pub struct Viewer;

fn main() {}
