use wasm_lend::export;

#[export]
pub fn f(#[lend(name = x)] #[lend(ts = "1")] value: u8) {
    let _ = value;
}

fn main() {}
