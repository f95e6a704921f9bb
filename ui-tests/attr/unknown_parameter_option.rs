use wasm_lend::export;

#[export]
pub fn f(#[lend(rename = "x")] value: u8) {
    let _ = value;
}

fn main() {}
