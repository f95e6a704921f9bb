use wasm_lend::export;

#[export]
pub fn takes(values: Vec<std::time::Duration>) {
    let _ = values;
}

fn main() {}
