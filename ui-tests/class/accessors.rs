use wasm_lend::export;

#[export]
pub struct Editor;

#[export]
impl Editor {
    #[lend(getter)]
    pub fn nothing(&self) {}

    #[lend(getter)]
    pub fn with(&self, more: u32) -> u32 {
        more
    }

    #[lend(setter)]
    pub fn shared(&self, value: u32) {
        let _ = value;
    }

    #[lend(setter)]
    pub fn two(&mut self, a: u32, b: u32) {
        let _ = (a, b);
    }
}

fn main() {}
