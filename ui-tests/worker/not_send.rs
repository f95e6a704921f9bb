use std::cell::Cell;
use std::rc::Rc;

use wasm_lend::export;

#[export]
pub struct OfThread {
    of_thread: Rc<()>,
}

#[export]
pub struct NotShared {
    value: Cell<u32>,
}

#[export(worker)]
pub fn taken(of_thread: OfThread) {
    drop(of_thread.of_thread);
}

#[export(worker)]
pub fn lent(not_shared: &NotShared) {
    not_shared.value.set(1);
}

fn main() {}
