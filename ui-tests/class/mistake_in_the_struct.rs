// A struct with a mistake still is a class, so that its methods and users cause no other errors.
use wasm_lend::export;

#[export(namespace = "editing")]
pub struct Counter {
    pub value: u32,
}

#[export]
impl Counter {
    pub fn new() -> Self {
        Counter { value: 0 }
    }

    pub fn add(&mut self, other: &Counter) -> u32 {
        self.value += other.value;
        self.value
    }
}

#[export]
pub fn count(counter: Counter, others: Vec<u32>) -> Option<Counter> {
    let _ = others;
    Some(counter)
}

fn main() {}
