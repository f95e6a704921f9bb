use wasm_lend::export;

#[export]
pub struct Stack<T> {
    items: Vec<T>,
}

fn main() {}
