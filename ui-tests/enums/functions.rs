use wasm_lend::export;

#[export(rename_all = "camelCase")]
#[derive(Clone, Copy)]
pub enum Mode {
    Fast,
    Slow,
}

#[export(rename_all = "camelCase")]
impl Mode {
    pub fn flip(&mut self) {}

    #[lend(getter)]
    pub fn speed(&self) -> u32 {
        1
    }

    #[lend(constructor)]
    pub fn make() -> Self {
        Mode::Fast
    }

    pub async fn later(&self) -> u32 {
        1
    }

    pub fn numbers(&self) -> &[u8] {
        &[]
    }

    pub fn slow() -> Self {
        Mode::Slow
    }

    pub fn boxed(self: Box<Self>) {}

    pub fn name(#[lend(name = self)] other: Mode) {}
}

fn main() {}
