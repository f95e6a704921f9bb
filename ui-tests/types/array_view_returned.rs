use ndarray::ArrayView2;
use wasm_lend::export;

#[export]
fn view() -> ArrayView2<'static, f32> {
    ArrayView2::from_shape((1, 1), &[1.0]).unwrap()
}

fn main() {}
