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

    #[lend(getter)]
    pub fn owned(self) -> u32 {
        0
    }

    #[lend(setter)]
    pub async fn later(&self, value: u32) {
        let _ = value;
    }

    #[lend(setter)]
    pub fn returns(&mut self, value: u32) -> u32 {
        value
    }

    #[lend(setter)]
    pub fn two(&mut self, a: u32, b: u32) {
        let _ = (a, b);
    }
}

fn main() {}
