use wasm_lend::export;

#[export]
pub fn gives() -> ! {
    panic!()
}

fn main() {}
