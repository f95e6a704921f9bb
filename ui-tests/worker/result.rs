use std::rc::Rc;

use wasm_lend::export;

#[export]
pub struct OfThread {
    of_thread: Rc<()>,
}

#[export]
impl OfThread {
    pub fn holders(&self) -> u32 {
        Rc::strong_count(&self.of_thread) as u32
    }
}

#[export(worker)]
pub fn given() -> OfThread {
    OfThread { of_thread: Rc::new(()) }
}

fn main() {}
