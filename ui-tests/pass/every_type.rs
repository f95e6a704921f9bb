use wasm_lend::{Buffer, BufferMut, Clamped, export};

#[export]
pub fn scalars(a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: f32, h: f64, i: bool) -> f64 {
    let _ = (a, b, c, d, e, f, g, i);
    h
}

#[export]
pub fn containers(a: &[u8], b: &mut [f64], c: Buffer<u64>, d: BufferMut<i64>, e: Vec<Clamped<u8>>) -> Vec<f32> {
    let _ = (a, b, c, d, e);
    vec![]
}

#[export]
pub fn paths(a: std::primitive::u8, b: std::vec::Vec<u8>, c: wasm_lend::Buffer<core::primitive::u16>) -> () {
    let _ = (a, b, c);
}

#[export]
pub fn with_lifetime<'a>(a: &'a [u8], mut b: u8) -> u8 {
    b += a[0];
    b
}

#[export]
fn no_arguments() -> BufferMut<u8> {
    BufferMut::zeroed(0)
}

fn main() {
    assert_eq!(with_lifetime(&[1], 2), 3);
    assert_eq!(no_arguments().len(), 0);
}
