use wasm_lend::export;

#[export(start)]
pub fn with_argument(a: u32) {
    let _ = a;
}

#[export(start)]
pub fn with_result() -> u32 {
    0
}

#[export]
pub struct Editor;

#[export]
impl Editor {
    #[lend(start)]
    pub fn begin() {}

    pub fn length(&self) -> u32 {
        0
    }
}

#[export(start)]
pub mod tools {
    pub fn cut() {}
}

fn main() {}
