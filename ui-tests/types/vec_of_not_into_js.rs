use wasm_lend::export;

pub struct Mine;

#[export]
pub fn gives() -> Vec<Mine> {
    todo!()
}

fn main() {}
