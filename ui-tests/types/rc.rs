use wasm_lend::export;

#[export]
pub fn takes(value: std::rc::Rc<str>) {
    let _ = value;
}

fn main() {}
