use wasm_lend::export;

#[export]
pub enum Mode {
    #[lend("a", "b")]
    Two,
    #[lend(text = "x")]
    Unknown,
    #[lend("c")]
    Right,
}

fn main() {}
