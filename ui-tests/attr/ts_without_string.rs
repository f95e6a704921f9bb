use wasm_lend::export;

#[export]
pub fn f(#[lend(ts = number)] value: u8) {
    let _ = value;
}

fn main() {}
