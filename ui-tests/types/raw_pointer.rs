use wasm_lend::export;

#[export]
pub fn takes(value: *const u8) {
    let _ = value;
}

fn main() {}
