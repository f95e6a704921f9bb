use wasm_lend::export;

struct Stack<T>(T);

#[export]
impl<T> Stack<T> {
    pub fn len(&self) -> u32 {
        0
    }
}

fn main() {}
