use wasm_lend::export;

#[export]
pub fn gives() -> Box<dyn Fn()> {
    loop {}
}

fn main() {}
