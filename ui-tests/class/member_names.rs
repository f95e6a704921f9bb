use wasm_lend::export;

#[export]
pub struct Editor;

#[export]
impl Editor {
    pub fn free(&self) {}

    pub fn prototype() {}

    pub fn twice(&self) {}

    #[lend(name = "twice")]
    pub fn again(&self) {}
}

fn main() {}
