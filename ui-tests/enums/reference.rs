use wasm_lend::export;

#[export]
pub enum Mode {
    Fast,
}

#[export]
pub fn label(mode: &Mode) -> String {
    String::new()
}

fn main() {}
