use wasm_lend::export;

#[export]
pub fn delete(index: u32) {
    let _ = index;
}

fn main() {}
