use wasm_lend::export;

#[export]
pub fn option() -> Option<u8> {
    None
}

#[export]
pub fn never() -> ! {
    loop {}
}

#[export]
pub fn text() -> String {
    String::new()
}

fn main() {}
