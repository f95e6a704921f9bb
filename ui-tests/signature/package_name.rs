use wasm_lend::export;

#[export]
pub fn lend(values: &[u8]) {
    let _ = values;
}

fn main() {}
