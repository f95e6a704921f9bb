use ndarray::ArrayView2;
use wasm_lend::export;

#[export]
fn names(names: ArrayView2<String>) -> usize {
    names.len()
}

fn main() {}
