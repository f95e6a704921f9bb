use bytemuck::{Pod, Zeroable};
use wasm_lend::Record;

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable, Record)]
pub struct Inner {
    pub x: f32,
}

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable, Record)]
pub struct Outer {
    pub inner: Inner,
}

fn main() {}
