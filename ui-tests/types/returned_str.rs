use wasm_lend::export;

#[export]
pub fn gives() -> &str {
    "text"
}

fn main() {}
