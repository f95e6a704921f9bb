use wasm_lend::export;

#[export(name = "Other", namespace = "editing", start)]
pub struct Editor {
    #[lend(hidden)]
    pub text: u32,
}

#[export(name = "then")]
pub struct Promised;

#[export]
pub struct Twice {
    pub text: u32,
    #[lend(name = "text")]
    pub other: u32,
}

#[export(getter)]
pub fn outside() -> u32 {
    0
}

fn main() {}
