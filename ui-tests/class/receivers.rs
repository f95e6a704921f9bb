use wasm_lend::export;

#[export]
pub struct Editor;

#[export]
impl Editor {
    pub fn boxed(self: Box<Self>) {}

    pub fn counted(self: std::rc::Rc<Self>) {}
}

fn main() {}
