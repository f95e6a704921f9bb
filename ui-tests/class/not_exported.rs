use wasm_lend::export;

pub struct Editor;

#[export]
impl Editor {
    pub fn len(&self) -> u32 {
        0
    }
}

fn main() {}
