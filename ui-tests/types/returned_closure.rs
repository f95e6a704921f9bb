use wasm_lend::export;

#[export]
pub fn gives() -> Box<dyn Fn()> {
    todo!()
}

fn main() {}
