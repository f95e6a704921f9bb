use wasm_lend::export;

#[export]
pub fn gives() -> impl Iterator<Item = u8> {
    [1].into_iter()
}

fn main() {}
