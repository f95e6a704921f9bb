use ndarray::{Array2, ArrayView2, ArrayViewMut1};
use wasm_lend::export;

#[export]
pub fn row(matrix: ArrayView2<'_, f32>, mut into: ArrayViewMut1<'_, f32>) -> Array2<f32> {
    into.assign(&matrix.row(0));
    matrix.to_owned()
}

fn main() {}
