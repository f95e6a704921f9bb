use wasm_lend::export;

#[export]
pub enum Mode {
    #[lend("fast")]
    Fast,
    Slow,
    #[lend("fast")]
    Quick,
}

fn main() {}
