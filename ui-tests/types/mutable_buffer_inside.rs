use wasm_lend::export;

#[export]
pub fn takes(value: (u8, wasm_lend::BufferMut<u8>)) {
    let _ = value;
}

fn main() {}
