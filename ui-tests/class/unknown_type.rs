use wasm_lend::export;

#[export]
pub struct Editor;

pub struct New;

#[export]
impl Editor {
    pub fn takes(&self, new: New) {
        let _ = new;
    }

    pub fn gives(&self) -> New {
        New
    }

    pub fn borrows(&self, new: &New) {
        let _ = new;
    }
}

fn main() {}
