// A struct with a mistake in a field's attribute still is a class, so that no other errors follow.
use wasm_lend::export;

#[export]
pub struct Counter {
    #[lend(read_only)]
    pub value: u32,
}

#[export]
impl Counter {
    pub fn value_of(&self) -> u32 {
        self.value
    }
}

#[export]
pub fn count(counter: &Counter) -> u32 {
    counter.value
}

fn main() {}
