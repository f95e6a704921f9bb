use wasm_lend::export;

#[export]
pub fn f(#[lend(default = None)] value: Option<u8>) {
    let _ = value;
}

fn main() {}
