use wasm_lend::export;

// One compilation shows all of them, each at its own tokens.
#[export]
pub unsafe fn mixed<T>(_: u8, text: &str, values: &[usize], map: Vec<bool>) -> Option<&'static str> {
    None
}

fn main() {}
