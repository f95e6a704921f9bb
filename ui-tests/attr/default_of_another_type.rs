use wasm_lend::export;

#[export]
pub fn f(#[lend(default = "one")] value: u8) {
    let _ = value;
}

fn main() {}
