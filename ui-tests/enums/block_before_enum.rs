use wasm_lend::export;

#[export]
impl Mode {
    pub fn label(&self) -> String {
        String::new()
    }
}

#[export]
pub enum Mode {
    Fast,
}

fn main() {}
