//! ndarray's arrays and views, and half floats.

use half::f16;
use ndarray::{Array1, Array2, ArrayD, ArrayView, ArrayView2, ArrayViewD, ArrayViewMut2, Ix2};
use wasm_lend::{Buffer, BufferMut, OutOfMemory, export};

#[export]
pub fn transpose(matrix: ArrayView2<f32>) -> Array2<f32> {
    matrix.t().to_owned()
}

#[export]
pub fn with_lifetimes<'a>(matrix: ArrayView2<'a, f32>, mut other: ArrayViewMut2<'_, f32>) {
    other.assign(&matrix);
}

#[export]
pub fn with_dimension(matrix: ArrayView<f32, Ix2>, any: Option<ArrayViewD<u8>>) -> Option<Array1<f32>> {
    any.map(|_| matrix.row(0).to_owned())
}

#[export]
pub fn owned(values: ArrayD<f64>) -> Result<ndarray::Array<f64, ndarray::IxDyn>, String> {
    Ok(values)
}

#[export]
pub fn halves(values: &[f16], kept: Buffer<f16>) -> Result<BufferMut<f16>, OutOfMemory> {
    BufferMut::try_zeroed(values.len() + kept.len())
}

fn main() {}
