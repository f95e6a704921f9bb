use wasm_lend::export;

#[export]
pub struct Editor;

#[export]
impl Editor {
    fn private(&self) {}
}

fn main() {}
