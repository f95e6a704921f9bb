use wasm_lend::export;

#[export]
pub fn takes(value: ()) {
    let _ = value;
}

fn main() {}
