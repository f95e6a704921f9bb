use wasm_lend::export;

#[export(name = "Other")]
pub struct Editor {
    #[lend(hidden)]
    pub text: u32,
}

#[export(getter)]
pub fn outside() -> u32 {
    0
}

fn main() {}
